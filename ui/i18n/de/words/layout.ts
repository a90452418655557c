import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(deLocale);
const within = (volume: string): string => (volume === "" ? "" : `${volume} in `);

export const layoutWords: SentencesOf<"layout"> = {
  "layout.partition": (p) =>
    `Partition ${p.number} (${facts(p.name === "" ? "" : `„${p.name}“`, p.filesystem, bytes(p.size))})`,
  "layout.left-out": (p) => `${p.partition} wird weggelassen`,
  "layout.left-out-loader": (p) =>
    `${p.partition} wird weggelassen: der Platz eines Startprogramms, das auf einem Datenträger mit MBR woanders liegt`,
  "layout.left-out-reserved": (p) =>
    `${p.partition} wird weggelassen: Platz, den sich Windows auf Datenträgern mit GPT freihält`,
  "layout.added-esp": (p) =>
    `Partition ${p.number} (${bytes(p.size)}) wird für UEFI-Firmware angelegt: eine EFI-Systempartition`,
  "layout.added-bios": (p) =>
    `Partition ${p.number} (${bytes(p.size)}) wird für alte Firmware (BIOS) angelegt: der Platz von GRUB`,
  "layout.logical": (p) =>
    `Von ${p.partition} startet danach kein Computer mehr: Sie wird eine logische Partition, weil es keine vierte primäre gibt`,
  "layout.inside": (p) => `In Partition ${p.number}: ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p) => `${p.name} behält ${bytes(p.size)}`,
  "layout.inside-changes": (p) => `${p.name} hat ${bytes(p.size)} statt ${bytes(p.oldSize)}`,
  "layout.table": (p) => `Die Partitionstabelle wird von ${p.from} auf ${p.to} umgestellt`,
  "layout.names-lost": (p) =>
    `In einem MBR gibt es keine Namen: Die von Partitionen gehen verloren (${p.names}), mit ihren GUIDs und Attributen`,
  "layout.boot-may-fail":
    "Systeme, die in einem Startprogramm oder einer Liste von Einhängepunkten nach der alten Tabelle heißen, werden vielleicht nicht gefunden",
  "layout.renumbered": (p) => `Partition ${p.oldNumber} des Abbilds wird Partition ${p.number}`,
  "layout.free": (p) => `${bytes(p.free)} des Datenträgers bleiben ungenutzt`,
  "layout.free-inside": (p) =>
    `${bytes(p.free)} von Partition ${p.number} nutzt ${p.partition} nicht${p.why === "" ? "" : `: ${p.why}`}`,
  "layout.twin-volume": (p) =>
    `${p.filesystem} von ${within(p.volume)}Partition ${p.number} behält seine Kennung, weil kein Werkzeug sie ändert: Ein System, das beide Datenträger sieht, kann sie verwechseln`,
  "layout.twin-closed": (p) => `Was in ${within(p.volume)}Partition ${p.number} ist, behält seine Kennung: ${p.why}`,
  "layout.twin-locked": (p) => `Partition ${p.number} ist verschlüsselt`,
  "layout.twin-lvm": (p) => `Dateisysteme in LVM behalten ihre Kennung, weil: ${p.why}`,
};
