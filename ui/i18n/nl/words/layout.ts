import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(nlLocale);
const within = (volume: string): string => (volume === "" ? "" : `${volume} in `);

export const layoutWords: SentencesOf<"layout"> = {
  "layout.partition": (p) =>
    `partitie ${p.number} (${facts(p.name === "" ? "" : `“${p.name}”`, p.filesystem, bytes(p.size))})`,
  "layout.left-out": (p) => `Weggelaten: ${p.partition}`,
  "layout.left-out-loader": (p) =>
    `Weggelaten: ${p.partition}, de plaats van een opstartlader, die op een schijf met MBR elders staat`,
  "layout.left-out-reserved": (p) => `Weggelaten: ${p.partition}, ruimte die Windows op schijven met GPT vrijhoudt`,
  "layout.added-esp": (p) =>
    `Partitie ${p.number} (${bytes(p.size)}) wordt gemaakt voor UEFI-firmware: een EFI-systeempartitie`,
  "layout.added-bios": (p) =>
    `Partitie ${p.number} (${bytes(p.size)}) wordt gemaakt voor oude firmware (BIOS): de plaats van GRUB`,
  "layout.logical": (p) =>
    `Geen computer start meer van ${p.partition}: zij wordt een logische partitie, omdat er geen vierde primaire is`,
  "layout.inside": (p) => `In partitie ${p.number}: ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p) => `${p.name} blijft ${bytes(p.size)}`,
  "layout.inside-changes": (p) => `${p.name} krijgt ${bytes(p.size)} in plaats van ${bytes(p.oldSize)}`,
  "layout.table": (p) => `De partitietabel wordt omgezet van ${p.from} naar ${p.to}`,
  "layout.names-lost": (p) =>
    `Een MBR kent geen namen: die van partities gaan verloren (${p.names}), met hun GUID’s en attributen`,
  "layout.boot-may-fail":
    "Systemen die in een opstartlader of een lijst van koppelingen naar de oude tabel zijn genoemd, worden misschien niet gevonden",
  "layout.renumbered": (p) => `Partitie ${p.oldNumber} van het image wordt partitie ${p.number}`,
  "layout.free": (p) => `${bytes(p.free)} van de schijf blijft ongebruikt`,
  "layout.free-inside": (p) =>
    `${bytes(p.free)} van partitie ${p.number} blijft ongebruikt door ${p.partition}${p.why === "" ? "" : `: ${p.why}`}`,
  "layout.twin-volume": (p) =>
    `${p.filesystem} van ${within(p.volume)}partitie ${p.number} houdt zijn kenmerk, omdat geen programma het verandert: een systeem dat beide schijven ziet, kan ze verwisselen`,
  "layout.twin-closed": (p) => `Wat in ${within(p.volume)}partitie ${p.number} staat, houdt zijn kenmerk: ${p.why}`,
  "layout.twin-locked": (p) => `partitie ${p.number} is versleuteld`,
  "layout.twin-lvm": (p) => `Bestandssystemen in LVM houden hun kenmerk: ${p.why}`,
};
