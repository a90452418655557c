import type { SentencesOf } from "#ui/i18n/tell.ts";

export const regionWords: SentencesOf<"region" | "whole"> = {
  "region.table": "таблица разделов",
  "region.backup-table": "запасная таблица разделов",
  "region.extended": "расширенная загрузочная запись",
  "region.gap": "место загрузчика",
  "region.end": "конец диска",
  "region.disk": "весь диск",
  "region.dynamic-disk": "весь диск (динамический диск Windows)",
  "region.partition": (p) => `раздел ${p.number}`,
  "region.volume": (p) => `раздел ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p) => `весь диск (${p.filesystem})`,
  "region.tail": (p) => `конец раздела ${p.number}`,
  "region.disk-tail": "конец всего диска",
  "whole.empty-table": "файловая система занимает весь диск, хотя на нём есть пустая таблица разделов",
  "whole.raid": (p) => `он входит в RAID прошивки компьютера (${p.raid})`,
  "whole.unknown": "не распознаны ни таблица разделов, ни файловая система",
  "whole.dynamic": (p) => `это динамический диск Windows, и ${p.why}`,
  "whole.asked": "как указано, сектор за сектором",
};
