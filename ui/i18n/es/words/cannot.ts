import { esLocale } from "#ui/i18n/es/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(esLocale);

export const cannotWords: SentencesOf<"cannot"> = {
  "cannot.no-table": "el disco no tiene tabla de particiones; cree primero una",
  "cannot.table-damaged": (p) => `su tabla de particiones no está en orden: ${p.why}`,
  "cannot.no-partition": (p) => `no hay ninguna partición ${p.number}`,
  "cannot.delete-used": (p) => `la partición ${p.number} está en uso (${p.use}) y no se puede eliminar`,
  "cannot.format-used": (p) => `la partición ${p.number} está en uso (${p.use}) y no se puede formatear`,
  "cannot.label-used": (p) => `la partición ${p.number} está en uso (${p.use}) y no se le puede dar una etiqueta`,
  "cannot.move-used": (p) => `la partición ${p.number} está en uso (${p.use}) y no se puede mover`,
  "cannot.resize-used": (p) => `la partición ${p.number} está en uso (${p.use}) y no se puede cambiar su tamaño`,
  "cannot.holds-logical": (p) => `la partición ${p.number} contiene particiones lógicas; elimínelas primero`,
  "cannot.only-holds": (p) => `la partición ${p.number} solo contiene otras`,
  "cannot.move-holder": (p) => `la partición ${p.number} solo contiene otras; mueva esas`,
  "cannot.label": (p) => `ninguna herramienta da una etiqueta a lo que hay en la partición ${p.number}`,
  "cannot.name-mbr": "en un MBR las particiones no tienen nombre; dé una etiqueta al sistema de archivos",
  "cannot.type-extended": (p) => `la partición ${p.number} es extendida, y así se queda`,
  "cannot.start-logical": (p) => `la partición ${p.number} no es primaria (${p.role}): solo arrancan las primarias`,
  "cannot.same-table": "el disco ya tiene una tabla de este tipo",
  "cannot.convert": (p) => `la tabla no se puede convertir en su sitio: ${p.why}`,
  "cannot.free": (p) => `no hay ${bytes(p.size)} libres de una pieza; el mayor espacio libre tiene ${bytes(p.free)}`,
  "cannot.free-at": (p) =>
    `no hay ${bytes(p.size)} libres en ${place(p.start)}; el mayor espacio libre tiene ${bytes(p.free)}`,
  "cannot.gpt-full": (p) => `en la tabla no caben más de ${number(p.count)} particiones`,
  "cannot.mbr-full": (p) =>
    `en la tabla no caben más de ${number(p.count)} particiones; cree una lógica, elimine una o convierta la tabla a GPT`,
  "cannot.start": (p) => `la partición ${p.number} puede empezar entre ${place(p.start)} y ${place(p.lastStart)}`,
  "cannot.starts-there": (p) => `la partición ${p.number} ya empieza ahí`,
  "cannot.others-behind": (p) => `la partición ${p.number} puede tener ${bytes(p.free)} como máximo: detrás hay otras`,
  "cannot.smaller": (p) =>
    `la partición ${p.number} necesita al menos ${bytes(p.size)} (${number(p.count)} bytes)${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.larger": (p) =>
    `la partición ${p.number} puede tener ${bytes(p.size)} como máximo${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.same-size": (p) => `la partición ${p.number} ya tiene este tamaño`,
  "cannot.layout-no-table": "el disco de la imagen no tiene tabla de particiones",
  "cannot.layout-whole":
    "la imagen contiene su disco entero, porque la posición de sus particiones no dice nada seguro",
  "cannot.layout-empty": "en el disco no habría ninguna partición",
  "cannot.layout-no-system": (p) => `no se ha encontrado Linux ni Windows en ${p.name}; elija las particiones`,
  "cannot.layout-no-data": (p) => `no hay ninguna partición ${p.number} con datos en la imagen`,
  "cannot.layout-twice": (p) => `la partición ${p.number} aparece dos veces`,
  "cannot.layout-number": (p) => `el número ${p.number} es mayor que ${number(p.count)}`,
  "cannot.layout-number-twice": (p) => `el número ${p.number} se ha dado dos veces`,
  "cannot.layout-full": (p) => `más particiones de las que caben en la tabla (${number(p.count)})`,
  "cannot.layout-start": (p) => `${p.partition} no puede empezar en ${place(p.start)}`,
  "cannot.layout-order": (p) => `${p.partition} empieza antes que lo que va delante`,
  "cannot.layout-room": (p) => `antes de ${place(p.start)} no hay sitio para: ${p.list.join(", ")}`,
  "cannot.layout-smaller": (p) =>
    `${p.partition} necesita al menos ${number(p.count)} bytes${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-larger": (p) =>
    `${p.partition} puede tener ${number(p.count)} bytes como máximo${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-none-grows": (p) => `no hay ninguna partición ${p.number} que pueda crecer`,
  "cannot.layout-grow": (p) => `${p.partition} no puede crecer${p.why === "" ? "" : `: ${p.why}`}`,
  "cannot.layout-record": (p) => `no hay un sector libre delante de la partición lógica ${p.number} para su registro`,
  "cannot.journal":
    "no hay un MiB libre en el disco para el diario que hace falta si se corta la corriente; haga primero un poco de sitio",
};
