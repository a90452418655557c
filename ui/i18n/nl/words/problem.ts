import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(nlLocale);

export const problemWords: SentencesOf<"problem" | "part" | "firmware" | "installation"> = {
  "problem.BOOT_NO_PLACE": (p) =>
    `${p.disk} heeft geen ${p.what}, en daarvoor nergens ${bytes(p.need)} aan één stuk vrij`,
  "problem.BOOT_NO_PLACE-next":
    "Maak ruimte onder “Partities” en herstel opnieuw, of laat de firmware zoals zij was: dan blijft de schijf starten zoals voorheen.",
  "problem.BOOT_GAP_TOO_SMALL": (p) =>
    `GRUB heeft ${p.need} bytes nodig, en ${p.where} van ${p.disk} heeft er ${p.have}`,
  "problem.BOOT_GAP_TOO_SMALL-next":
    "Verplaats de eerste partitie onder “Partities” naar 1 MiB (maak haar eerst kleiner als er geen ruimte is), en herstel opnieuw.",
  "problem.BOOT_SECTORS_UNFIT": (p) => `Geen BIOS start van ${p.disk}: de sectoren hebben ${p.sectorSize} bytes`,
  "problem.BOOT_SECTORS_UNFIT-next": "Start deze schijf met UEFI.",
  "problem.BOOT_LOADER_MISSING": (p) => `${p.what} voor ${p.system} is nergens gevonden (gezocht in: ${p.looked})`,
  "problem.BOOT_LOADER_MISSING-next": "Gebruik het reddingssysteem, dat GRUB voor BIOS en UEFI bij zich heeft.",
  "problem.BOOT_KERNEL_MISSING": (p) =>
    `${p.system} heeft geen Linux-kernel in ${p.folder}: geen opstartlader kan het starten`,
  "problem.BOOT_KERNEL_MISSING-next":
    "Installeer er een kernelpakket in (chroot), of zet de opstartpartitie terug uit een image dat er een heeft.",
  "problem.BOOT_ESP_FULL": (p) =>
    `De EFI-systeempartitie ${p.partition} heeft ${bytes(p.have)} vrij, en de opstartladers hebben ${bytes(p.need)} nodig`,
  "problem.BOOT_ESP_FULL-next":
    "Verwijder er bestanden van die geen systeem nodig heeft, of maak haar groter onder “Partities”.",
  "problem.BOOT_ENTRY_REFUSED": (p) => `De firmware heeft de opstartvermelding ${p.entry} niet aangenomen: ${p.reason}`,
  "problem.BOOT_ENTRY_REFUSED-next":
    "Kies deze schijf in het opstartmenu van de firmware zelf. Neemt zij helemaal geen vermeldingen aan, ruim daar dan oude op, of sta veranderingen toe in haar instellingen.",
  "problem.WINDOWS_UNKNOWN": (p) => `Dit is geen Windows dat kan worden veranderd: ${p.file}: ${p.problem}`,
  "problem.WINDOWS_UNKNOWN-next":
    "Een Windows dat nog nooit is gestart, moet eerst door zijn eigen installatie worden ingericht.",
  "problem.INF_INVALID": (p) =>
    `${p.file}${p.line === undefined ? "" : `, regel ${p.line}`}: dit is geen beschrijving van een stuurprogramma: ${p.problem}`,
  "problem.INF_INVALID-next": "Download het stuurprogramma opnieuw, of laat de map weg.",
  "problem.NOT_A_HIVE": (p) => `${p.file} is geen registerbestand: ${p.problem}`,
  "problem.NOT_A_HIVE-next": "Herstel Windows met zijn eigen hulpmiddelen.",
  "problem.HIVE_UNSUPPORTED": (p) =>
    `${p.file} is een registerbestand van een soort die niet wordt ondersteund: ${p.problem}`,
  "problem.HIVE_UNSUPPORTED-next": "Verander het met de hulpmiddelen van Windows zelf.",
  "problem.HIVE_DIRTY": (p) =>
    `${p.file} is door Windows niet tot het einde geschreven, en geen logboek maakt het heel: ${p.problem}`,
  "problem.HIVE_DIRTY-next": "Start deze Windows een keer en sluit haar af, en probeer het opnieuw.",
  "problem.HIVE_DAMAGED": (p) => `${p.file} is beschadigd bij byte ${p.offset}: ${p.problem}`,
  "problem.HIVE_DAMAGED-next":
    "Neem een oudere kopie van het registerbestand uit een ander image of uit System32/config/RegBack, of herstel Windows met zijn eigen hulpmiddelen.",
  "problem.HIVE_FULL": (p) =>
    `${p.file} zou groeien tot ${p.size} bytes, en een registerbestand mag er ${p.most} hebben`,
  "problem.HIVE_FULL-next": "Verander minder in één keer, of laat Windows het registerbestand eerst verkleinen.",
  "problem.NOT_A_BCD": (p) => `${p.file} is een registerbestand en geen opstartconfiguratie: ${p.problem}`,
  "problem.NOT_A_BCD-next": "Laat een nieuwe maken.",
  "part.esp": "EFI-systeempartitie",
  "part.bios-boot": "BIOS-opstartpartitie",
  "part.windows-manager": "Het opstartbeheer van Windows (bootmgfw.efi)",
  "part.boot-image": "Een boot.img van GRUB 2",
  "part.module": (p) => `De module ${p.name} van GRUB`,
  "part.volume": (p) => `Het volume met ${p.folder}`,
  "part.grub-folder": "de map van GRUB voor i386-pc",
  "part.here": "de volumes van deze schijf",
  "part.both": (p) => `${p.folders}, van het systeem en van deze computer`,
  "firmware.read-only": "efivarfs is alleen-lezen gekoppeld",
  "firmware.full": "haar geheugen voor variabelen is vol",
  "firmware.value": "zij zegt dat de waarde niet is toegestaan",
  "firmware.unchanged": "zij staat geen veranderingen toe",
  "firmware.own-error": "zij meldt een eigen fout",
  "firmware.reads-back": "zij leest iets anders terug",
  "firmware.stays": "zij is er na het verwijderen nog steeds",
  "installation.absent": "het is er niet",
  "installation.no-control-set": "Select noemt geen besturingsset die er is",
};
