import type { DoctorWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { plural } from "#ui/i18n/nl/plural.ts";

const { bytes, dateTime, list } = createFormat(nlLocale);

export const doctor: DoctorWords = {
  "seen.SERVER_NOT_RUNNING": (p) =>
    `Het laatste levensteken van de server op ${p.address} kwam op ${dateTime(new Date(p.at).toISOString())}.`,
  "seen.SERVER_NOT_RUNNING-never": "Met deze machines heeft nog nooit een server gedraaid.",
  "means.SERVER_NOT_RUNNING": "Niemand antwoordt computers die starten.",
  "do.SERVER_NOT_RUNNING":
    "Start hem: `lifeboat pxe serve`. Draait hij met een ander bestand of een andere database, noem die dan met `--machines`.",

  "seen.PORT_TAKEN": (p) =>
    `Een ander programma heeft een poort die starten via het netwerk nodig heeft: ${list(p.ports)}.`,
  "port.taken": (p) => `poort ${p.port} door ${p.owner}`,
  "means.PORT_TAKEN":
    "`pxe serve` kan er niet naast starten, en wat computers dat programma vragen, beantwoordt het op zijn eigen manier.",
  "do.PORT_TAKEN": "Stop dat programma, of bied de bestanden vanaf een andere computer aan.",

  "seen.ADDRESS_GONE": (p) =>
    `De netwerkkaart ${p.interface} is weg, of geen interface heeft haar adres ${p.address} nog.`,
  "means.ADDRESS_GONE": "Op deze netwerkkaart wordt niets aangeboden; andere van de server gaan door.",
  "do.ADDRESS_GONE":
    "Geef haar het adres terug (een vast adres past bij een server): enkele seconden later wordt ze vanzelf weer bediend.",

  "seen.SERVICE_SILENT": (p) =>
    `De ${p.service}-server antwoordde niet op ${p.address} poort ${p.port}, gevraagd vanaf de server zelf: ${p.reason}.`,
  "means.SERVICE_SILENT": "Een firewall houdt het zelfs hier tegen, of de server hangt.",
  "do.SERVICE_SILENT": "Kijk naar de firewallregels hieronder, als die er staan; start `pxe serve` opnieuw.",

  "seen.FIREWALL": (p) =>
    `De firewall van de server houdt tegen wat op ${p.device} binnenkomt voor ${p.protocol} poort ${p.port}: ${p.where}.`,
  "seen.FIREWALL-maybe": (p) =>
    `De firewall van de server houdt misschien tegen wat op ${p.device} binnenkomt voor ${p.protocol} poort ${p.port}: ${p.where}.`,
  "means.FIREWALL": "Computers die starten, worden niet gehoord.",
  "do.FIREWALL": (p) =>
    `Laat het binnen: \`nft insert rule ...\` of, met firewalld of ufw, ${p.protocol} poort ${p.port} op ${p.device}. \`nft -a list ruleset\` toont de regel.`,

  "seen.NOTHING_HEARD": "Van deze machine is nog nooit iets gehoord.",
  "seen.NOTHING_HEARD-of": (p) => `Van ${p.name} is nog nooit iets gehoord.`,
  "means.NOTHING_HEARD": "Haar vragen bereiken deze server niet, of zij stelt er geen.",
  "do.NOTHING_HEARD":
    "Controleer de kabel en de switchpoort (VLAN, port security, spanning tree zonder port fast), of starten via het netwerk in de firmware aanstaat en vóór de schijf komt, en of een router ertussen DHCP naar deze server doorgeeft.",

  "seen.NO_BOOT_OPTION": (p) =>
    plural(p.count, {
      one: "Zij vroeg # keer om een adres, zonder optie 60 (PXEClient of HTTPClient).",
      other: "Zij vroeg # keer om een adres, zonder optie 60 (PXEClient of HTTPClient).",
    }),
  "means.NO_BOOT_OPTION":
    "Dat is een geïnstalleerd systeem, of firmware waarin starten via het netwerk uitstaat: zij vraagt niet wat te starten.",
  "do.NO_BOOT_OPTION":
    "Zet starten via het netwerk (PXE, UEFI network stack) in de firmware aan, vóór de schijf. Wijzigt een relay of switch DHCP-berichten, laat optie 60 dan door.",

  "seen.no-offer": (p) => `Zij vroeg wat te starten en kreeg geen bestand genoemd: ${p.reason}.`,
  "seen.no-offer-kind": (p) => `Zij vroeg wat te starten (${p.kind}) en kreeg geen bestand genoemd: ${p.reason}.`,
  "means.UNKNOWN_ARCHITECTURE": "Haar processor of firmware is van een soort die hier niet bekend is.",
  "do.UNKNOWN_ARCHITECTURE":
    "`lifeboat pxe machines show` toont het nummer dat zij stuurde (RFC 4578, optie 93). Start haar op een andere manier, zoals in BIOS-modus of van een stick.",
  "means.NO_FILE_FOR_ARCHITECTURE": "In de aangeboden map ontbreekt een opstartlader voor haar soort firmware.",
  "do.NO_FILE_FOR_ARCHITECTURE":
    "Zet er een in (de naam staat in docs/pxe.md), of zet de firmware op een soort die de map heeft. `media pxe` maakt bestanden voor BIOS en UEFI x64.",
  "means.NO_FILE": "Het antwoord zou haar niet hebben bereikt.",
  "do.NO_FILE": "Zie de regels van de server.",
  "means.NOT_APPROVED":
    "De server geeft opstartbestanden alleen aan goedgekeurde machines, en deze heeft niemand goedgekeurd.",
  "means.REFUSED": "Iemand heeft deze machine geweigerd.",
  "means.STARTS_FROM_DISK": "Zij mag niet vanaf het netwerk starten: zo is het ingesteld, of haar taak is klaar.",

  "seen.no-address": (p) => `Zij kreeg geen adres: ${p.reason}.`,
  "seen.no-address-relay": (p) => `Zij kreeg geen adres: ${p.reason} (${p.relay}).`,
  "means.RELAY_UNKNOWN":
    "Een relay geeft haar vragen door, met een eigen adres dat in geen van de netwerken van deze server ligt.",
  "do.RELAY_UNKNOWN":
    "Zet dat netwerk in het bestand van `--dhcp-file`, of verbeter de relay: haar adres (giaddr) moet dat van de interface naar de computers zijn.",
  "means.NO_ADDRESS": "Zonder adres laadt zij niets.",
  "do.NO_ADDRESS":
    "Maak de pool groter of de leasetijd korter; twee computers met één adres moeten uit elkaar worden gehouden. `lifeboat pxe machines show` zonder machine toont wat de server tegenkwam.",

  "seen.OTHER_DHCP_SERVER": (p) => `In dit netwerk antwoordt een andere DHCP-server: ${list(p.servers)}.`,
  "means.OTHER_DHCP_SERVER":
    "Computers nemen het antwoord dat het eerst komt: adressen van twee soorten, en opstartbestanden van die server of geen.",
  "do.OTHER_DHCP_SERVER":
    "Zet een van beide uit. Naast een DHCP-server die blijft, draait `pxe serve` zonder `--dhcp`: dan noemt hij alleen bestanden.",

  "seen.OFFER_NOT_TAKEN": (p) =>
    plural(p.count, {
      one: "Zij vroeg, hoorde # keer wat te laden, en vroeg daarna om geen bestand.",
      other: "Zij vroeg, hoorde # keer wat te laden, en vroeg daarna om geen bestand.",
    }),
  "means.OFFER_NOT_TAKEN":
    "Het antwoord bereikt haar niet, haar firmware neemt geen antwoord van een tweede server aan (proxyDHCP), zij nam dat van een andere server, of haar vraag om het bestand bereikt deze server niet (UDP-poort 69, TCP-poort 80).",
  "do.OFFER_NOT_TAKEN":
    "Zoek een firewall of switch die DHCP-antwoorden tegenhoudt (DHCP snooping: vertrouw de poort van deze server). Probeer `--no-dhcp` met de regels van `lifeboat pxe snippets` in uw DHCP-server.",

  "seen.FILE_MISSING": (p) => `Zij vroeg het laatst om ${p.file} en kreeg het niet: ${p.reason}.`,
  "means.FILE_MISSING":
    "In de aangeboden map ontbreekt een bestand dat haar opstartlader nodig heeft, of het heet daar anders; of de machine mag het niet hebben.",
  "do.FILE_MISSING":
    "Maak de map opnieuw met `lifeboat media pxe`, of verbeter de naam in de DHCP-server of in de configuratie van de opstartlader.",

  "seen.TRANSFER_BROKEN": (p) => `${p.file} brak af na ${bytes(p.loaded)}: ${p.how}.`,
  "seen.TRANSFER_BROKEN-size": (p) => `${p.file} brak af na ${bytes(p.loaded)} van ${bytes(p.size)}: ${p.how}.`,
  "means.TRANSFER_BROKEN":
    "Onderweg gaan pakketten verloren, de machine is uitgezet, of haar opstartlader heeft geen ruimte voor het bestand.",
  "do.TRANSFER_BROKEN":
    "Probeer een andere kabel en switchpoort; zoek een verkeerde MTU of een firewall die TFTP niet kent (antwoorden komen van een andere poort dan 69). Via HTTP doen verliezen minder kwaad.",

  "seen.SECURE_BOOT": (p) => `Zij laadde ${p.file} helemaal en vroeg om niets meer.`,
  "seen.SECURE_BOOT-on": (p) => `Zij laadde ${p.file} helemaal en vroeg om niets meer. Haar Secure Boot staat aan.`,
  "means.SECURE_BOOT":
    "shim of de firmware vertrouwt dit bestand niet: de handtekening ontbreekt, is niet vertrouwd of is ingetrokken (SBAT, dbx).",
  "means.SECURE_BOOT-shim":
    "De firmware vertrouwt dit bestand niet (Secure Boot), of shim kon GRUB niet van dezelfde plaats laden.",
  "means.SECURE_BOOT-ipxe": "iPXE is niet ondertekend: firmware met Secure Boot aan start het niet.",
  "do.SECURE_BOOT":
    "Maak de map opnieuw met `lifeboat media pxe`, zodat shim, GRUB en kernel bij elkaar passen; zet in de firmware de ‘third party UEFI CA’ aan (op veel zakelijke computers staat die uit); of zet Secure Boot uit en kijk of zij start.",
  "do.SECURE_BOOT-ipxe":
    "Bied in plaats daarvan bootx64.efi aan (Debians ondertekende shim, zoals `media pxe` die maakt), of zet Secure Boot uit.",

  "seen.KERNEL_NOT_ASKED": (p) => `Zij laadde ${p.file} helemaal en vroeg nooit om een kernel.`,
  "seen.KERNEL_NOT_ASKED-runs": (p) => `Zij laadde ${p.file} helemaal, ging ermee verder en vroeg nooit om een kernel.`,
  "seen.KERNEL_NOT_ASKED-menu": (p) => `Zij koos ${p.title} uit haar menu en vroeg nooit om de kernel ervan.`,
  "means.KERNEL_NOT_ASKED": "De opstartlader draait niet, of heeft zelf geen netwerk.",
  "means.KERNEL_NOT_ASKED-runs":
    "De opstartlader draait: hij wacht bij zijn menu, of vindt niet wat zijn configuratie noemt.",
  "means.KERNEL_NOT_ASKED-menu": "Haar opstartlader is gestopt: waarom, staat op het scherm van de machine.",
  "do.KERNEL_NOT_ASKED":
    "Kijk op het scherm van de machine. Vergelijk het adres in de configuratie van de opstartlader (`media pxe --url`) met dat van deze server; kent iPXE de netwerkkaart niet, laat het dan die van de firmware gebruiken (snponly.efi, undionly.kpxe).",
  "do.KERNEL_NOT_ASKED-menu": "Kijk op het scherm van de machine.",

  "seen.WAITS_AT_MENU": (p) => `Zij toont het menu ${p.title}, en er is niets gekozen.`,
  "means.WAITS_AT_MENU": "Zij wacht op iemand aan haar toetsenbord: het menu loopt niet af, of iemand hield het tegen.",
  "do.WAITS_AT_MENU":
    "Kies bij de machine, of geef het menu een `timeout` en een `default` in het bestand van `--menu`.",
  "seen.menu-refused": (p) => `Zij koos ${p.title} uit haar menu en werd geweigerd: ${p.reason}.`,
  "means.MENU_REFUSED": "Het onderdeel vraagt een naam en een wachtwoord, en kreeg geen van zijn gebruikers.",
  "do.MENU_REFUSED":
    "Probeer het opnieuw: na enkele fouten moet men wachten, tot vijf minuten. `lifeboat pxe password` maakt wat in het bestand van `--menu` voor een nieuw wachtwoord staat.",

  "seen.RESCUE_NOT_UP": "Zij laadde de kernel en het initramfs en daarna niets meer.",
  "seen.RESCUE_NOT_UP-kernel": "Zij laadde de kernel, geen initramfs, en daarna niets meer.",
  "means.RESCUE_NOT_UP":
    "De kernel draait niet op deze machine, heeft geen stuurprogramma voor haar netwerkkaart, of kreeg geen tweede keer een adres. (Een systeem dat niet van Lifeboat is, draait misschien toch: het zegt niets.)",
  "means.RESCUE_NOT_UP-kernel": "De opstartlader stopte voordat het initramfs er was.",
  "do.RESCUE_NOT_UP":
    "Kijk op het scherm van de machine. Een kaart die firmware nodig heeft, wil een set zonder `--no-firmware`; spanning tree die een poort 30 seconden dichthoudt, wil port fast.",

  "seen.TOO_LITTLE_MEMORY": (p) => `Zij heeft ${bytes(p.memory)} geheugen, en het reddingssysteem kwam niet op.`,
  "means.TOO_LITTLE_MEMORY": (p) =>
    `Alles wat van het netwerk wordt geladen, ligt in het geheugen: minstens ${bytes(p.least)} is nodig, 2 GiB voor het scherm.`,
  "do.TOO_LITTLE_MEMORY": "Start haar van een stick, die minder nodig heeft, of zet er geheugen bij.",
  "means.TOO_LITTLE_MEMORY-menu":
    "Wat van het netwerk wordt gestart, ligt in het geheugen, en dat is er niet genoeg voor; er is niets geladen.",
  "do.TOO_LITTLE_MEMORY-menu":
    "Start haar van een stick, die minder nodig heeft, zet er geheugen bij, of verbeter `memory` van dit onderdeel in het bestand van `--menu`.",

  "seen.machine-says": (p) => `De machine zegt: ${p.text} (${p.code}).`,
  "means.MACHINE_PROBLEM": "Dit kwam het reddingssysteem op de machine zelf tegen.",
  "do.MACHINE_PROBLEM": "Haar scherm of seriële lijn zegt meer. docs/errors.md noemt de codes.",
};
