import type { IdentityWords } from "#pxe/console/contract.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { list } = createFormat(esLocale);

export const identities: IdentityWords = {
  "list.columns": (p) => `la primera línea nombra las columnas, que son ${list(p.columns)}`,
  "list.quote-open": "se abre una comilla y nunca se cierra",
  "list.quote-closed": "algo sigue a una comilla de cierre",
  "list.machine": "machine: no se nombra ningún equipo, o con más de 200 caracteres",
  "list.hostname": (p) => `hostname: no es un nombre de equipo (hasta 63 letras, cifras y guiones): ${p.name}`,
  "list.universal": (p) => `universal: yes o no, y no ${p.text}`,
  "list.unknown": (p) => `no hay ningún equipo ${p.machine}`,
  "list.ambiguous": (p) => `${p.machine} puede ser varios equipos: ${list(p.found)}`,
  "list.twice": (p) => `el equipo ${p.machine} tiene dos líneas`,
  "list.not-chosen": (p) => `el equipo ${p.machine} está en la lista, pero no se ha elegido`,
  "list.same-name": (p) => `dos equipos se llamarían ${p.name}`,
  "list.too-long": (p) => `más de ${p.most} equipos`,
};
