import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(esLocale);

export const copiedWords: SentencesOf<"copied"> = {
  "copied.done": (p) => `Copiado a ${p.target}: ${number(p.count)} archivos y carpetas, ${bytes(p.bytes)}`,
  "copied.loss": (p) => `! ${p.what}: ${number(p.count)}, ${p.names}`,
  "copied.lacks": (p) => `! a la copia le falta algo: ${p.name} (${p.reason})`,
  "copied.damaged": (p) => `! dañado en la imagen, no copiado: ${p.name} (${p.reason})`,
  "copied.failed": (p) => `! no copiado: ${p.name} (${p.reason})`,
  "copied.owners": "se pierden los propietarios",
  "copied.permissions": "se pierden los permisos",
  "copied.access-lists": "se pierden las listas de control de acceso (ACL)",
  "copied.streams": "se pierden los flujos de datos alternativos",
  "copied.attributes": "se pierden los atributos extendidos",
  "copied.symbolic-links": "allí no puede haber enlaces simbólicos, y se omiten",
  "copied.special-files": "allí no puede haber sockets, tuberías ni archivos de dispositivo, y se omiten",
  "copied.hard-links": "los archivos con varios nombres pasan a ser varios archivos",
  "copied.holes": "los huecos de los archivos se rellenan con ceros",
  "copied.compression": "se pierde la compresión de NTFS: las copias ocupan más",
  "copied.ntfs": "se pierden los descriptores de seguridad y los atributos de NTFS",
  "copied.streams-moved": "los flujos de datos alternativos pasan a ser atributos extendidos",
};
