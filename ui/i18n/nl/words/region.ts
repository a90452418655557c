import type { SentencesOf } from "#ui/i18n/tell.ts";

export const regionWords: SentencesOf<"region" | "whole"> = {
  "region.table": "partitietabel",
  "region.backup-table": "reserve van de partitietabel",
  "region.extended": "uitgebreid opstartrecord",
  "region.gap": "ruimte van een opstartlader",
  "region.end": "einde van de schijf",
  "region.disk": "de hele schijf",
  "region.dynamic-disk": "de hele schijf (dynamische schijf van Windows)",
  "region.partition": (p) => `partitie ${p.number}`,
  "region.volume": (p) => `partitie ${p.number} (${p.filesystem})`,
  "region.disk-volume": (p) => `de hele schijf (${p.filesystem})`,
  "region.tail": (p) => `einde van partitie ${p.number}`,
  "region.disk-tail": "einde van de hele schijf",
  "whole.empty-table": "een bestandssysteem beslaat de schijf, hoewel er een lege partitietabel is",
  "whole.raid": (p) => `zij hoort bij een RAID van de firmware van de computer (${p.raid})`,
  "whole.unknown": "er is geen partitietabel en geen bestandssysteem herkend",
  "whole.dynamic": (p) => `zij is een dynamische schijf van Windows, en ${p.why}`,
  "whole.asked": "zoals gevraagd, sector voor sector",
};
