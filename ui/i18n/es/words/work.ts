import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, rate } = createFormat(esLocale);

/** Of what goes on by itself, and what has come of it. */
export const goesWords: SentencesOf<"goes"> = {
  "goes.copy": "guardando",
  "goes.export": "exportando",
  "goes.close": "terminando la imagen",
  "goes.save": "guardando las tablas y los superbloques anteriores",
  "goes.clear": "vaciando el destino",
  "goes.undo": "volviendo a escribir lo guardado",
  "goes.write": "escribiendo",
  "goes.boot-areas": "escribiendo las áreas de arranque",
  "goes.edit": "cambiando particiones",
  "goes.fit": "ajustando los sistemas de archivos a su nuevo tamaño",
  "goes.table": "escribiendo la tabla de particiones",
  "goes.mend": "preparando los sistemas para arrancar",
  "goes.prepare": "creando las particiones",
  "goes.switch": "pasando al sistema nuevo",
  "goes.verify": "comprobando",
  "goes.read-back": "releyendo",
  "goes.waits": (p) => `en espera desde hace ${duration(p.lasts)}`,
  "goes.pass": (p) => `${p.number} de ${p.count}: ${p.doing}, ${bytes(p.doneSize)} de ${bytes(p.wholeSize)}`,
  "goes.in-all": (p) => `en total ${p.percent} %`,
  "goes.only": (p) => `${p.percent} %: ${p.doing}, ${bytes(p.doneSize)} de ${bytes(p.wholeSize)}`,
  "goes.at-rate": (p) => `${p.line}, ${rate(p.size)}`,
  "goes.time-left": (p) => `${p.line}, quedan ${duration(p.lasts)}`,
  "goes.too-tight": (p) => `${p.line}, faltan ${bytes(p.size)} de espacio`,
  "goes.waiting": (p) => `En espera: ${p.problem}`,
  "goes.waiting-next":
    "El trabajo sigue solo en cuanto eso se arregle. Si tarda demasiado, termina, y `lifeboat resume` lo continúa.",
  "goes.on": "El trabajo sigue.",
  "goes.tight": (p) =>
    `La imagen necesitará unos ${bytes(p.wholeSize)} más, y donde se escribe hay ${bytes(p.size)} libres: libere espacio, o tendrá que esperar.`,
  "goes.on-battery": (p) =>
    `este equipo funciona con batería (${p.percent} %${p.minutes === 0 ? "" : `, unos ${p.minutes} min`}): conecte el cargador`,
  "goes.battery-low": (p) =>
    `la batería está casi agotada (${p.percent} %${p.minutes === 0 ? "" : `, unos ${p.minutes} min`}): conecte el cargador ahora`,
};

export const cameWords: SentencesOf<"came"> = {
  "came.restored": (p) => `«${p.image}» restaurada en ${p.disk}: ${bytes(p.size)} en ${duration(p.lasts)}`,
  "came.cloned": (p) => `«${p.image}» clonado en ${p.disk}: ${bytes(p.size)} en ${duration(p.lasts)}`,
  "came.unchanged": (p) => `${bytes(p.size)} (${number(p.number)} de ${number(p.count)} trozos) ya estaban bien.`,
  "came.undo": (p) => `Lo que había antes: lifeboat undo ${p.file}`,
  "came.equals-image": "El destino se ha releído y es igual a la imagen.",
  "came.equals-source": "El destino se ha releído y es igual al origen.",
  "came.unread": "El destino no se ha releído.",
  "came.captured": (p) => `Guardados ${bytes(p.doneSize)} de ${bytes(p.wholeSize)} en ${duration(p.lasts)}`,
  "came.image": (p) => `Imagen ${p.path}: ${bytes(p.size)}`,
  "came.intact": "La imagen se ha releído y está intacta.",
  "came.image-unread": "La imagen no se ha releído.",
};
