import { esLocale } from "#ui/i18n/es/locale.ts";
import { plural } from "#ui/i18n/es/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(esLocale);

const within = (volume: string): string => (volume === "" ? "" : `${volume} en `);
const content = (p: { content: string; volume: string; number: number }): string =>
  `${p.content || "el contenido"} de ${within(p.volume)}la partición ${p.number}`;

export const planWords: SentencesOf<"plan" | "loss" | "confirm" | "warning"> = {
  "plan.save-old": (p) =>
    `Guardar la tabla de particiones antigua, las áreas de arranque y los superbloques de ${p.disk}, para poder recuperarlos (${bytes(p.most)} como máximo, ${p.path})`,
  "plan.make-partition": (p) =>
    `Crear la partición ${p.number} de ${p.disk}, ${bytes(p.size)} a partir de ${place(p.start)}`,
  "plan.add-partition": (p) =>
    `Crear la partición ${p.number} (${p.type}), ${bytes(p.size)} a partir de ${place(p.start)}`,
  "plan.clear-partition": (p) => `Quitar lo que marca el contenido antiguo de la partición ${p.number}`,
  "plan.clear-table": (p) => `Quitar la tabla de particiones antigua de ${p.disk}`,
  "plan.write-zeros": (p) => `Escribir ceros donde la imagen no tiene datos: ${bytes(p.bytes)}`,
  "plan.write-region": (p) => `Escribir: ${p.region}, ${bytes(p.used)} de ${bytes(p.size)}`,
  "plan.compare-region": (p) =>
    `Comparar: ${p.region}, ${bytes(p.used)} de ${bytes(p.size)}, y escribir lo que difiera`,
  "plan.region": (p) => `partición ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "el disco entero",
  "plan.region-end": (p) => `final de la partición ${p.number}`,
  "plan.write-boot-areas": "Escribir las áreas y los sectores de arranque",
  "plan.write-boot-sectors": "Escribir los sectores de arranque",
  "plan.verify-all": (p) => `Releer todo y compararlo con ${p.isClone ? "el origen" : "la imagen"}`,
  "plan.verify-written": (p) => `Releer lo escrito y compararlo con ${p.isClone ? "el origen" : "la imagen"}`,
  "plan.name-volume": (p) =>
    `Dar a ${p.container} de ${within(p.volume)}la partición ${p.number} el UUID ${p.to} en lugar de ${p.from}`,
  "plan.name-group": (p) =>
    `Llamar ${p.to} al grupo de volúmenes ${p.from} de ${within(p.volume)}la partición ${p.number}, con el UUID ${p.toId} en lugar de ${p.fromId}, y dar otros UUID a su volumen físico y a ${plural(p.count, { one: "su volumen lógico", many: "sus # de volúmenes lógicos", other: "sus # volúmenes lógicos" })}`,
  "plan.name-references": (p) =>
    plural(p.count, {
      one: "Escribir el nombre nuevo en la configuración de los sistemas (fstab, GRUB y otros) donde está el antiguo",
      many: "Escribir # de nombres nuevos en la configuración de los sistemas (fstab, GRUB y otros) donde están los antiguos",
      other:
        "Escribir # nombres nuevos en la configuración de los sistemas (fstab, GRUB y otros) donde están los antiguos",
    }),
  "plan.shrink": (p) => `Reducir ${content(p)}, de ${bytes(p.oldSize)} a ${bytes(p.size)}`,
  "plan.grow": (p) => `Ampliar ${content(p)}, de ${bytes(p.oldSize)} a ${bytes(p.size)}`,
  "plan.remake": (p) => `Crear de nuevo ${content(p)} con ${bytes(p.size)} y copiar sus archivos`,
  "plan.write-start": (p) => `Escribir el principio de la partición ${p.number}, en último lugar`,
  "plan.write-new-table": (p) => `Escribir una tabla de particiones nueva (${p.table}), en último lugar`,
  "plan.write-table": "Escribir la tabla de particiones, en último lugar",
  "plan.write-disk-start": "Escribir el principio del disco, en último lugar",
  "plan.mend": (p) => `Después: ${p.parts.join("; ")}`,
  "plan.mend-start": "reparar, donde haga falta, lo que arranca los sistemas",
  "plan.mend-uefi": "hacer que arranquen con UEFI",
  "plan.mend-bios": "hacer que arranquen con firmware antiguo (BIOS)",
  "plan.mend-moved": "decir a un Windows cómo se llaman ahora sus particiones",
  "plan.mend-universal": "hacer que arranquen en otro hardware",
  "plan.mend-identity": (p) => `convertirlos en otro equipo${p.hostname === "" ? "" : `, con el nombre ${p.hostname}`}`,

  "loss.partition": (p) =>
    facts(`partición ${p.number}`, p.label === "" ? "" : `«${p.label}»`, p.content, bytes(p.size)),
  "loss.whole-disk": (p) =>
    facts("el sistema de archivos de todo el disco", p.label === "" ? "" : `«${p.label}»`, p.content, bytes(p.size)),
  "loss.moving": (p) => `partición ${p.number}, que se está moviendo o cambiando de tamaño`,
  "loss.unknown": "datos de un tipo desconocido, sin tabla de particiones",
  "loss.damaged": (p) => `todo lo que contiene: ${p.damage}`,
  "loss.table": (p) => `una tabla de particiones vacía (${p.table})`,

  "confirm.nothing": (p) => `${p.disk} no contiene datos que se pierdan.`,
  "confirm.erase": (p) =>
    `Entiendo que en ${p.disk} se borrará: ${p.loss}${p.others === 0 ? "" : ` y ${number(p.others)} más`}.`,

  "warning.undo-unwanted": (p) =>
    `No se guarda nada de ${p.disk}, como se pidió: después no se podrá recuperar el contenido anterior`,
  "warning.undo-no-place": (p) =>
    `No hay sitio para guardar lo que permitiría encontrar el contenido anterior de ${p.disk}: después no se podrá recuperar`,
  "warning.undo-in-memory": (p) =>
    `Lo que permite encontrar el contenido anterior de ${p.disk} está solo en memoria: copie ${p.path} en otro soporte antes de apagar este equipo`,
  "warning.in-image": (p) => `En la imagen: ${p.problem}`,
  "warning.filesystem": (p) => `Partición ${p.number} en la imagen: ${p.problem}`,
  "warning.left-out": (p) =>
    `La partición ${p.number} (${facts(p.filesystem, bytes(p.size))}) no está en la imagen: existirá, pero vacía`,
  "warning.lacks": (p) =>
    `A la imagen le faltan ${bytes(p.bytes)} en ${plural(p.places, { one: "# lugar", many: "# de lugares", other: "# lugares" })} que no se pudieron leer al crearla; en el destino serán ceros`,
  "warning.free-end": (p) => `Quedan sin usar ${bytes(p.free)} al final de ${p.disk}`,
  "warning.unfinished": "Una restauración anterior en este disco no se terminó",
  "warning.no-serial": (p) =>
    `${p.path} no indica número de serie: tras un reinicio, o al conectar discos, puede llamarse así otro disco. Asegúrese de que es el correcto y empiece enseguida`,
  "warning.salvage": "Las partes dañadas de la imagen serán ceros en el destino",
  "warning.boot-loader-ids":
    "Un cargador para firmware antiguo (BIOS) puede llevar dentro un UUID antiguo o el nombre de un grupo LVM, y aquí no se cambia: si la copia no arranca, repare en «Arranque» lo que la arranca",
  "warning.twin": (p) =>
    `La copia tiene los mismos identificadores que su origen: no arranque ningún equipo con los dos conectados${p.canDiffer ? ", o dele los suyos en la distribución" : ""}`,
};
