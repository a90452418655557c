import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { plural } from "#ui/i18n/nl/plural.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(nlLocale);

export const outcomeWords: SentencesOf<"bad" | "cloned"> = {
  "bad.sectors": (p) =>
    `! ${bytes(p.bytes)} (${number(p.count)} bytes) op ${plural(p.places, { one: "# plaats", other: "# plaatsen" })} van de schijf kon niet worden gelezen; in de kopie staan daar nullen`,
  "bad.map": (p) => `  waar: ${p.file} (een kaart van GNU ddrescue)`,
  "bad.file": (p) => `  getroffen: partitie ${p.number}, ${p.path}, ${bytes(p.bytes)}`,
  "bad.more": (p) => `  en nog ${plural(p.count, { one: "# bestand", other: "# bestanden" })}`,
  "bad.note": (p) => `  ${p.note}`,
  "cloned.done": (p) => `${p.source} staat nu op ${p.target}: ${bytes(p.bytes)} in ${duration(p.seconds)}`,
  "cloned.verified": "Alles is teruggelezen en gelijk aan de bron.",
  "cloned.unverified": "Het is niet teruggelezen.",
  "cloned.kept": (p) => `Wat er eerst op stond, is bewaard: ${p.file}`,
};
