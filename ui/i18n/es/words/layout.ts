import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(esLocale);
const within = (volume: string): string => (volume === "" ? "" : `${volume} en `);

export const layoutWords: SentencesOf<"layout"> = {
  "layout.partition": (p) =>
    `partición ${p.number} (${facts(p.name === "" ? "" : `«${p.name}»`, p.filesystem, bytes(p.size))})`,
  "layout.left-out": (p) => `Se omite: ${p.partition}`,
  "layout.left-out-loader": (p) =>
    `Se omite: ${p.partition}, el sitio de un cargador, que en un disco con MBR está en otro lugar`,
  "layout.left-out-reserved": (p) => `Se omite: ${p.partition}, espacio que Windows se reserva en discos con GPT`,
  "layout.added-esp": (p) =>
    `La partición ${p.number} (${bytes(p.size)}) se crea para firmware UEFI: una partición del sistema EFI`,
  "layout.added-bios": (p) =>
    `La partición ${p.number} (${bytes(p.size)}) se crea para firmware antiguo (BIOS): el sitio de GRUB`,
  "layout.logical": (p) =>
    `Ningún equipo arrancará ya desde ${p.partition}: pasa a ser lógica, por falta de una cuarta primaria`,
  "layout.inside": (p) => `En la partición ${p.number}: ${p.volumes.join(", ")}`,
  "layout.inside-stays": (p) => `${p.name} conserva ${bytes(p.size)}`,
  "layout.inside-changes": (p) => `${p.name} tiene ${bytes(p.size)} en lugar de ${bytes(p.oldSize)}`,
  "layout.table": (p) => `La tabla de particiones cambia de ${p.from} a ${p.to}`,
  "layout.names-lost": (p) =>
    `Un MBR no tiene nombres: se pierden los de las particiones (${p.names}), con sus GUID y atributos`,
  "layout.boot-may-fail":
    "Puede que no se encuentren los sistemas que un cargador o una lista de montajes nombra según la tabla antigua",
  "layout.renumbered": (p) => `La partición ${p.oldNumber} de la imagen pasa a ser la ${p.number}`,
  "layout.free": (p) => `Quedan sin usar ${bytes(p.free)} del disco`,
  "layout.free-inside": (p) =>
    `Quedan sin usar ${bytes(p.free)} de la partición ${p.number} con ${p.partition}${p.why === "" ? "" : `: ${p.why}`}`,
  "layout.twin-volume": (p) =>
    `${p.filesystem} de ${within(p.volume)}la partición ${p.number} conserva su identificador, porque ninguna herramienta lo cambia: un sistema que vea los dos discos puede confundirlos`,
  "layout.twin-closed": (p) =>
    `Lo que hay en ${within(p.volume)}la partición ${p.number} conserva su identificador: ${p.why}`,
  "layout.twin-locked": (p) => `la partición ${p.number} está cifrada`,
  "layout.twin-lvm": (p) => `Los sistemas de archivos en LVM conservan su identificador: ${p.why}`,
};
