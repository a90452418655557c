import type { SentencesOf } from "#ui/i18n/tell.ts";

export const regionWords: SentencesOf<"region" | "whole"> = {
  "region.table": "Partitionstabelle",
  "region.backup-table": "Kopie der Partitionstabelle",
  "region.extended": "erweiterter Bootsektor (EBR)",
  "region.gap": "Platz eines Startprogramms",
  "region.end": "Ende des Datenträgers",
  "region.disk": "der ganze Datenträger",
  "region.dynamic-disk": "der ganze Datenträger (dynamischer Datenträger von Windows)",
  "region.partition": (p) => `Partition ${p.number}`,
  "region.volume": (p) => `Partition ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p) => `der ganze Datenträger (${p.filesystem})`,
  "region.tail": (p) => `Ende von Partition ${p.number}`,
  "region.disk-tail": "Ende des ganzen Datenträgers",
  "whole.empty-table": "ein Dateisystem nimmt den ganzen Datenträger ein, obwohl es eine leere Partitionstabelle gibt",
  "whole.raid": (p) => `er gehört zu einem RAID der Firmware des Computers (${p.raid})`,
  "whole.unknown": "es wurde weder eine Partitionstabelle noch ein Dateisystem erkannt",
  "whole.dynamic": (p) => `er ist ein dynamischer Datenträger von Windows, und ${p.why}`,
  "whole.asked": "wie verlangt, Sektor für Sektor",
};
