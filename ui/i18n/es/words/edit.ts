import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, place } = createFormat(esLocale);

export const editWords: SentencesOf<"edit"> = {
  "edit.partition": (p) =>
    facts(`partición ${p.number}`, p.label === "" ? "" : `«${p.label}»`, p.filesystem, bytes(p.size)),
  "edit.create": (p) =>
    `Crear la partición ${p.number}${p.filesystem === "" ? "" : ` con ${p.filesystem}`}, ${bytes(p.size)} a partir de ${place(p.start)}`,
  "edit.delete": (p) => `Eliminar: ${p.partition}`,
  "edit.move": (p) => `Mover: ${p.partition}, de ${place(p.oldStart)} a ${place(p.start)}`,
  "edit.shrink": (p) => `Reducir: ${p.partition}, a ${bytes(p.size)}`,
  "edit.grow": (p) => `Ampliar: ${p.partition}, a ${bytes(p.size)}`,
  "edit.format": (p) => `Crear un ${p.filesystem} vacío en: ${p.partition}`,
  "edit.label": (p) => `Dar a ${p.filesystem} de la partición ${p.number} la etiqueta «${p.label}»`,
  "edit.name": (p) => `Llamar «${p.name}» a la partición ${p.number} en la tabla`,
  "edit.type": (p) => `Dar a la partición ${p.number} el tipo ${p.type}`,
  "edit.active": (p) => `Marcar la partición ${p.number} como la que arranca el firmware antiguo (BIOS)`,
  "edit.inactive": (p) => `Quitar a la partición ${p.number} la marca de arranque (BIOS)`,
  "edit.convert": (p) => `Convertir la tabla de particiones a ${p.table}; ninguna partición se mueve`,
  "edit.table": (p) => `Crear una tabla de particiones vacía (${p.table})`,
  "edit.converted-may-fail":
    "Un equipo que arranca desde este disco quizá necesite un cargador nuevo, y su firmware otro modo",
  "edit.moved-may-fail": (p) =>
    `Quizá un equipo arranque desde la partición ${p.number}: un cargador que conoce su sitio no la encontrará`,
};
