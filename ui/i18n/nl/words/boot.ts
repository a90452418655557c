import type { SentencesOf } from "#ui/i18n/tell.ts";

const PARTS = {
  ...{ grub: "De ondertekende GRUB", manager: "Het sleutelbeheer", shim: "De ondertekende eerste lader, shim," },
  ...{ line: "De verwijzing naar het menu van GRUB", name: "De naam van de lader" },
} as const;
const own = (isOwn: boolean): string => (isOwn ? "van het systeem zelf" : "van het reddingssysteem");

export const bootWords: SentencesOf<"boot"> = {
  "boot.no-system": "Op deze schijf is geen geïnstalleerd systeem gevonden: er is niets dat firmware kan starten",
  "boot.several-esps": (p) =>
    `De schijf heeft ${p.count} EFI-systeempartities (${p.list.join(", ")}); elk systeem gebruikt de partitie die het koppelt, en er wordt geen andere gemaakt`,
  "boot.closed": (p) => `Niet bekeken: ${p.what}`,
  "boot.windows-table": "Windows start met UEFI alleen vanaf een GPT, en met BIOS alleen vanaf een MBR",
  "boot.next-table":
    "Zet de partitietabel om onder “Partities”, of kies bij het terugzetten een andere tabel in de indeling.",
  "boot.grub-embedded": (p) =>
    `GRUB voor BIOS wordt geschreven naar: ${p.where}; gemaakt van de modules ${own(p.isOwn)}`,
  "boot.bios-partition": (p) => `de BIOS-opstartpartitie ${p.number}`,
  "boot.mbr-gap": "de ruimte achter de MBR",
  "boot.grub-core": (p) => `De kern van GRUB schrijven naar: ${p.where}`,
  "boot.grub-code": "De opstartcode van GRUB vóór de partitietabel schrijven",
  "boot.signature": "De eerste sector als opstartcode markeren (55 AA)",
  "boot.syslinux": "Een BIOS start van deze schijf syslinux, dat blijft zoals het is",
  "boot.next-syslinux": "Kies BIOS als firmware om er GRUB voor in de plaats te krijgen.",
  "boot.no-active": "Geen primaire partitie kan Windows met BIOS starten",
  "boot.sector-empty": (p) => `De opstartsector van partitie ${p.number} bevat geen opstartcode van Windows`,
  "boot.next-sector": "Start het herstelmedium van Windows zelf en voer uit: bootsect /nt60 SYS",
  "boot.active-code": "Opstartcode schrijven die de actieve partitie start",
  "boot.active": (p) => `Partitie ${p.number} markeren als de partitie die een BIOS start`,
  "boot.hidden-sectors": (p) =>
    `De opstartsector van partitie ${p.number}${p.isCopy ? ", in zijn kopie," : ""} vertellen waar hij staat (verborgen sectoren: ${p.lba})`,
  "boot.signed-loader": (p) =>
    `${PARTS[p.part]} van ${p.name} (${p.from}) op de EFI-systeempartitie zetten, als ${p.path}`,
  "boot.own-grub": (p) => `De GRUB van EFI/${p.home} op de plaats zetten die firmware zonder vermelding start`,
  "boot.built-grub": (p) =>
    `Een GRUB voor ${p.name}, gemaakt van de modules ${own(p.isOwn)}, op de EFI-systeempartitie zetten, als ${p.path}`,
  "boot.systemd-boot": (p) => `systemd-boot van ${p.name} op de EFI-systeempartitie zetten, als ${p.path}`,
  "boot.windows-loader": (p) =>
    `Het opstartbeheer van Windows neerzetten als ${p.path}, waar firmware kijkt die er geen vermelding voor heeft`,
  "boot.windows-file": (p) => `${p.file} van het opstartbeheer van Windows op de EFI-systeempartitie zetten`,
  "boot.fallback-other": (p) =>
    `${p.path}, dat firmware zonder vermelding start, is een andere lader (${p.loader}); die blijft`,
  "boot.fallback-windows": (p) => `${p.path}, dat firmware zonder vermelding start, is van Windows; het blijft`,
  "boot.fallback-not-windows": (p) =>
    `${p.path}, dat firmware zonder vermelding start, is niet van Windows; het blijft`,
  "boot.unsigned": (p) => `De GRUB voor ${p.name} wordt hier gemaakt en is niet ondertekend: Secure Boot moet uit`,
  "boot.next-unsigned":
    "Installeer in het systeem de pakketten shim-signed en grub-efi-amd64-signed (of hoe de distributie ze noemt), en herstel opnieuw.",
  "boot.fstab": (p) => `${p.folder} in /etc/fstab verbeteren: ${p.device} staat op geen volume van deze schijf`,
  "boot.fstab-new": "De EFI-systeempartitie in /etc/fstab opnemen, op /boot/efi",
  "boot.menu-missing": "Het menu van GRUB maken: er is er geen",
  "boot.menu-empty": "Het menu van GRUB maken: er staat niets in",
  "boot.menu-dead": "Het menu van GRUB maken: geen van zijn regels start een kernel die er is",
  "boot.menu-names": (p) => `Het menu van GRUB verbeteren, dat ${p.list.join(", ")} noemt: geen volume van deze schijf`,
  "boot.menu-lost": (p) => `Een regel van het menu noemt ${p.path}, dat er niet is`,
  "boot.entry": (p) => `De opstartregel ${p.path} verbeteren: de root ervan staat op geen volume van deze schijf`,
  "boot.entry-lost": (p) => `De opstartregel ${p.path} noemt ${p.list.join(", ")}, en dat is er niet`,
  "boot.module": (p) => `De module ${p.file} van GRUB bij het menu zetten, uit de GRUB ${own(p.isOwn)}`,
  "boot.modules": (p) => `De ${p.count} modules van GRUB bij het menu zetten, uit de GRUB ${own(p.isOwn)}`,
  "boot.entry-stale": (p) =>
    `De opstartvermelding ${p.entry} (${p.label}) noemt een partitie die op geen schijf van deze computer staat; zij blijft`,
  "boot.bcd-closed": (p) =>
    `De opstartconfiguratie van Windows op partitie ${p.number} is niet bekeken: de partitie of de schijf heeft geen kenmerk, of kon niet worden geopend`,
};
