import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(nlLocale);

export const proofWords: SentencesOf<"proof" | "proved"> = {
  "proof.stage-nothing": "er is niets van te zien geweest",
  "proof.stage-firmware": "de firmware",
  "proof.stage-boot-loader": "de opstartlader",
  "proof.stage-kernel": "de kernel",
  "proof.stage-initramfs": "de startbestanden van de kernel (initramfs)",
  "proof.stage-root": "het systeem op zijn hoofdbestandssysteem",
  "proof.stage-up": "aanmelden of een bureaublad",
  "proof.the-system": "Het systeem",
  "proof.its-root": "zijn hoofdbestandssysteem",
  "proof.desktop": (p) => `${p.system} draait: er is een bureaublad te zien, of het aanmelden daarvoor.`,
  "proof.login": (p) => `${p.system} draait: men kan zich aanmelden.`,
  "proof.up-failed": (p) => `${p.up} Deze diensten ervan zijn mislukt: ${p.services}.`,
  "proof.unknown": "Hoe ver het kwam, is niet bekend.",
  "proof.no-efi-loader":
    "De UEFI-firmware vond geen opstartlader: de schijf heeft geen EFI-systeempartitie met een lader die zij kan starten.",
  "proof.bios-nothing": "Het BIOS vond op de schijf niets om te starten, of wat het startte, vond niets.",
  "proof.no-boot-program":
    "De eerste sector van de schijf bevat geen opstartprogramma: een BIOS heeft niets om te starten.",
  "proof.loader-lost-root":
    "De opstartlader zoekt een bestandssysteem dat niet op deze schijf staat: zijn UUID is veranderd, of er ontbreekt een andere schijf.",
  "proof.loader-no-menu": "De opstartlader begon en vond geen menu (grub.cfg): hij wacht op opdrachten.",
  "proof.loader-file": "De opstartlader begon, en mist een bestand dat hij nodig heeft.",
  "proof.loader-error": "De opstartlader begon en stopte met een fout.",
  "proof.kernel-missing": "De opstartlader begon, en de kernel die zijn menu noemt, is er niet.",
  "proof.kernel-panic": "De kernel begon en gaf op (kernel panic).",
  "proof.kernel-damaged": "Het bestand van de kernel kon niet worden uitgepakt: het is beschadigd.",
  "proof.initramfs-missing":
    "De kernel begon zonder zijn startbestanden (initramfs) en kon zo niet bij het hoofdbestandssysteem.",
  "proof.wrong-root": (p) =>
    `De kernel moest het hoofdbestandssysteem ${p.wanted} gebruiken, en niets op deze schijf heet zo: de naam in het opstartmenu klopt niet, of dat bestandssysteem staat op een andere schijf.`,
  "proof.missing-driver": (p) =>
    `Niet gevonden: ${p.wanted}. De kernel zag helemaal geen schijf: in zijn startbestanden (initramfs) ontbreekt het stuurprogramma voor ${p.bus}.`,
  "proof.root-missing": (p) =>
    `De kernel zag de schijf, en zijn startbestanden (initramfs) vonden er niet op: ${p.wanted}.`,
  "proof.root-not-mounted":
    "Het hoofdbestandssysteem is gevonden en kon niet worden gekoppeld: zijn stuurprogramma ontbreekt, of het is beschadigd.",
  "proof.asks-for-key":
    "Het kwam tot de vraag naar de wachtzin van een versleuteld volume. Wat daarna komt, is niet geprobeerd.",
  "proof.no-init": "Het hoofdbestandssysteem is gekoppeld en bevat geen systeem dat kan beginnen (geen init).",
  "proof.emergency":
    "Het systeem begon en gaf op: het staat in de noodmodus, meestal om een bestandssysteem in zijn fstab dat er niet is.",
  "proof.powered-off": "Het schakelde zichzelf uit voordat het draaide.",
  "proof.restarts": "Het start steeds opnieuw en komt niet verder.",
  "proof.time-over": (p) => `Het was nog onderweg toen de tijd om was. Het was gekomen tot: ${p.stage}.`,
  "proof.silent": (p) =>
    `Er is ${number(p.seconds)} seconden lang niets geschreven, gelezen of getekend. Het was gekomen tot: ${p.stage}.`,
  "proof.still-picture": (p) =>
    `Er is een beeld te zien dat ${number(p.seconds)} seconden niet veranderde. Wat het toont, moet u beoordelen.`,
  "proof.copy-full": "Het schreef meer dan de wegwerpkopie kan bevatten.",
  "proof.read-failed": "De schijf, of het image, kon niet worden gelezen waar dat nodig was.",
  "proof.next-picture-log": "Bekijk het beeld en het log.",
  "proof.next-look": "Bekijk het beeld en het log van de seriële poort.",
  "proof.next-services":
    "Bekijk wat mislukt is: hier waren er geen netwerk en andere hardware, en sommige diensten hebben die nodig.",
  "proof.next-nothing": "Er hoeft niets te gebeuren.",
  "proof.next-repair": "Herstel de opstartlader vanuit het reddingssysteem en probeer het opnieuw.",
  "proof.next-repair-or-other":
    "Herstel de opstartlader vanuit het reddingssysteem en probeer het opnieuw. De computer zelf start misschien op de andere manier (BIOS of UEFI).",
  "proof.next-kernel":
    "Zet de kernel terug (installeer vanuit het reddingssysteem het kernelpakket van het systeem opnieuw), of kies een image dat hem heeft.",
  "proof.next-verify-kernel": "Controleer het image, of installeer het kernelpakket opnieuw.",
  "proof.next-initramfs":
    "Maak de startbestanden opnieuw vanuit het reddingssysteem (update-initramfs, dracut, mkinitcpio).",
  "proof.next-root-name":
    "Verbeter root= in het opstartmenu (maak grub.cfg opnieuw), of zet het bestandssysteem terug dat het noemt.",
  "proof.next-drivers":
    "Maak de startbestanden opnieuw met alle stuurprogramma’s. Op de computer zelf hangt de schijf misschien aan een andere aansluiting.",
  "proof.next-look-root":
    "Bekijk het beeld en het log van de seriële poort. Misschien ontbreekt in de startbestanden een stuurprogramma voor het bestandssysteem, LVM of RAID.",
  "proof.next-check": "Controleer het bestandssysteem en maak de startbestanden opnieuw.",
  "proof.next-itself": "Opstartlader, kernel en startbestanden zijn goed. De rest blijkt op de computer zelf.",
  "proof.next-whole": "Kijk in het image: is dit de juiste partitie, en is zij compleet?",
  "proof.next-fstab": "Verbeter of verwijder die regel van /etc/fstab (of zet er nofail bij).",
  "proof.next-time": "Probeer het op een snellere computer, of met `lifeboat boot prove --timeout` in de terminal.",
  "proof.next-still": "Bekijk het beeld: aanmelden of een bureaublad is goed.",
  "proof.next-room": "Geef het meer ruimte, met `lifeboat boot prove --overlay` in de terminal.",
  "proof.next-verify": "Controleer het image, of bekijk hoe gezond de schijf is.",
  "proof.both-bios": "de schijf kan op beide manieren worden gestart, en deze computer heeft een BIOS",
  "proof.both-uefi": "de schijf kan op beide manieren worden gestart, en deze computer heeft UEFI",
  "proof.both-newer": "de schijf kan op beide manieren worden gestart, en computers hebben nu UEFI",
  "proof.has-efi-loader": "op zijn EFI-systeempartitie staat een opstartlader",
  "proof.has-boot-program":
    "zijn eerste sector heeft een opstartprogramma, en er is geen opstartlader voor UEFI gevonden",
  "proof.has-esp": "er is een EFI-systeempartitie, al is er geen opstartlader op gevonden",
  "proof.not-uefi": "niets erop zegt dat hij voor UEFI is",
  "proof.asked": "zo was het gevraagd",
  "proof.emulated": (p) => `de processor is nagebootst, en dat duurt langer: ${p.why}`,
  "proof.in-place": (p) =>
    `${p.loader} is gestart zoals een regel in het geheugen van de firmware dat zou doen: zonder zo’n regel, zoals op een andere computer, start deze schijf niet (er is geen EFI/BOOT/BOOTX64.EFI)`,
  "proof.anew": (p) => `aantal keren dat de machine onderweg opnieuw startte: ${p.times}`,
  "proof.unread": (p) => `een deel ervan kon niet worden gelezen: ${p.why}`,
  "proof.no-serial":
    "aan geen kernel ervan kon worden gevraagd op de seriële poort te schrijven: het oordeel komt van de firmware en het beeld",
  "proved.evidence": (p) => `  Te zien aan: ${p.line}`,
  "proved.reached": (p) => `  Gekomen tot: ${p.stage}, na ${duration(p.seconds)}`,
  "proved.system": (p) => `  Systeem: ${p.system}`,
  "proved.next": (p) => `  Wat te doen: ${p.next}`,
  "proved.reason": (p) => `  ${p.reason}`,
  "proved.machine": (p) =>
    `  Machine: ${p.firmware} (${p.because}), schijf aan ${p.bus}, ${p.mib} MiB, ${p.isEmulated ? "nagebootst" : "KVM"}, geen netwerk`,
  "proved.disk": (p) => `  Schijf: ${bytes(p.bytes)} gelezen; ${bytes(p.used)} geschreven, alleen in de wegwerpkopie`,
  "proved.files": (p) => `  Bestanden: ${p.files}`,
  "proved.said": "Onderweg gezegd:",
  "proved.added": "Toegevoegd aan de wegwerpkopie:",
  "proved.left": "Gelaten zoals het is:",
};
