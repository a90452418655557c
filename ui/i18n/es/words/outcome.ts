import { esLocale } from "#ui/i18n/es/locale.ts";
import { plural } from "#ui/i18n/es/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(esLocale);

export const outcomeWords: SentencesOf<"bad" | "cloned"> = {
  "bad.sectors": (p) =>
    `! No se pudieron leer ${bytes(p.bytes)} (${number(p.count)} bytes) en ${plural(p.places, { one: "# lugar", many: "# de lugares", other: "# lugares" })} del disco; en la copia son ceros`,
  "bad.map": (p) => `  dónde: ${p.file} (un mapa de GNU ddrescue)`,
  "bad.file": (p) => `  afectado: partición ${p.number}, ${p.path}, ${bytes(p.bytes)}`,
  "bad.more": (p) =>
    `  y ${plural(p.count, { one: "# archivo más", many: "# de archivos más", other: "# archivos más" })}`,
  "bad.note": (p) => `  ${p.note}`,
  "cloned.done": (p) => `${p.source} está ahora en ${p.target}: ${bytes(p.bytes)} en ${duration(p.seconds)}`,
  "cloned.verified": "Todo se volvió a leer y es igual al origen.",
  "cloned.unverified": "No se volvió a leer.",
  "cloned.kept": (p) => `Lo que había antes está guardado: ${p.file}`,
};
