import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, dateTime } = createFormat(esLocale);

export const savedWords: SentencesOf<"area" | "saved"> = {
  "area.table": (p) => `la tabla de particiones (${p.table})`,
  "area.ends": "el principio y el final del disco",
  "area.gaps": "sitios de cargadores de arranque",
  "area.cleared": "lo que la restauración borra para sus propias particiones",
  "area.content": "todos los demás bloques en uso que se sobrescriben",
  "area.own-ends": "su primer y su último MiB",
  "area.start": "más de su principio",
  "area.headers": (p) => `cabeceras de ${p.filesystem}`,
  "area.places": (p) => `superbloques y tablas de ${p.filesystem}`,
  "saved.file": (p) => `  archivo para deshacer: ${p.path}, ${bytes(p.size)}, guardado el ${dateTime(p.savedAt)}`,
  "saved.target": (p) => `  destino: ${p.path}, ${bytes(p.size)}, identificador ${p.id}`,
  "saved.area": (p) => `  - ${p.area}: ${bytes(p.size)}`,
  "saved.area-unwritten": (p) => `  - ${p.area}: ${bytes(p.size)}, donde la restauración no escribe`,
  "saved.area-partly": (p) =>
    `  - ${p.area}: ${bytes(p.size)}, de los que la restauración sobrescribe ${bytes(p.overwritten)}`,
  "saved.lost-unknown": (p) =>
    `Los archivos cuyos datos sobrescribió la restauración de «${p.image}» siguen perdidos; no se puede saber cuántos son`,
  "saved.lost": (p) =>
    `Los archivos cuyos datos sobrescribió la restauración de «${p.image}» siguen perdidos: sobrescribe como máximo ${bytes(p.size)} que estaban en uso y no se guardaron. Compruebe los sistemas de archivos (primero solo en lectura) antes de usarlos`,
  "saved.complete": (p) => `Todo lo que estaba en uso y que sobrescribe la restauración de «${p.image}» se guardó`,
  "saved.later":
    "Lo que un sistema arrancado desde el disco escribió en él después de esa restauración no se conoce aquí",
  "saved.left-out": (p) => `No hubo sitio para guardar todo esto: ${p.area}`,
};
