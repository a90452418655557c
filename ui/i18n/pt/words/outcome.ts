import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { plural } from "#ui/i18n/pt/plural.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(ptLocale);

export const outcomeWords: SentencesOf<"bad" | "cloned"> = {
  "bad.sectors": (p) =>
    `! ${bytes(p.bytes)} (${number(p.count)} bytes), em ${plural(p.places, { one: "# lugar", many: "# de lugares", other: "# lugares" })} do disco, não puderam ser lidos; na cópia são zeros`,
  "bad.map": (p) => `  onde: ${p.file} (um mapa do GNU ddrescue)`,
  "bad.file": (p) => `  afetado: partição ${p.number}, ${p.path}, ${bytes(p.bytes)}`,
  "bad.more": (p) => `  e mais ${plural(p.count, { one: "# arquivo", many: "# de arquivos", other: "# arquivos" })}`,
  "bad.note": (p) => `  ${p.note}`,
  "cloned.done": (p) => `${p.source} está agora em ${p.target}: ${bytes(p.bytes)} em ${duration(p.seconds)}`,
  "cloned.verified": "Tudo foi lido de volta e é igual à origem.",
  "cloned.unverified": "Não foi lido de volta.",
  "cloned.kept": (p) => `O que havia antes está guardado: ${p.file}`,
};
