import { deLocale } from "#ui/i18n/de/locale.ts";
import { plural } from "#ui/i18n/de/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(deLocale);

export const outcomeWords: SentencesOf<"bad" | "cloned"> = {
  "bad.sectors": (p) =>
    `! ${bytes(p.bytes)} (${number(p.count)} Byte) an ${plural(p.places, { one: "# Stelle", other: "# Stellen" })} des Datenträgers waren nicht lesbar; in der Kopie sind dort Nullen`,
  "bad.map": (p) => `  wo: ${p.file} (eine Karte von GNU ddrescue)`,
  "bad.file": (p) => `  betroffen: Partition ${p.number}, ${p.path}, ${bytes(p.bytes)}`,
  "bad.more": (p) => `  und ${plural(p.count, { one: "# weitere Datei", other: "# weitere Dateien" })}`,
  "bad.note": (p) => `  ${p.note}`,
  "cloned.done": (p) => `${p.source} ist jetzt auf ${p.target}: ${bytes(p.bytes)} in ${duration(p.seconds)}`,
  "cloned.verified": "Alles wurde zurückgelesen und gleicht der Quelle.",
  "cloned.unverified": "Es wurde nicht zurückgelesen.",
  "cloned.kept": (p) => `Was vorher darauf war, ist aufgehoben: ${p.file}`,
};
