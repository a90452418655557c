import type { images as en } from "#ui/i18n/en/images.ts";
import { plural } from "#ui/i18n/es/plural.ts";

export const images: typeof en = {
  "image.title": "¿Qué imagen desea restaurar?",
  "image.lead": "Estas imágenes se han encontrado en los discos conectados a este equipo.",
  "medium.old-title": (p) =>
    plural(p.days, {
      one: "Este medio de rescate tiene # día",
      many: "Este medio de rescate tiene # de días",
      other: "Este medio de rescate tiene # días",
    }),
  "medium.old":
    "Funciona, pero quizá no conozca equipos más nuevos. Cuando pueda, cree o actualice una memoria USB en otro equipo.",
  "image.rescan": "Buscar de nuevo",
  "image.rescanning": "Buscando…",
  "image.found": (p) =>
    plural(p.count, { one: "# imagen encontrada", many: "# de imágenes encontradas", other: "# imágenes encontradas" }),
  "image.empty-title": "No se ha encontrado ninguna imagen",
  "image.empty-1": "Conecte la memoria USB o el disco que contiene la imagen.",
  "image.empty-2": "Espere a que la luz deje de parpadear y elija «Buscar de nuevo».",
  "image.empty-3":
    "Una imagen es un archivo que termina en .lbi. Un archivo .partial es una captura interrumpida, no una imagen.",
  "image.missing": "Primero elija una imagen.",
  "image.list": "Imágenes",
  "image.unreadable": "Este archivo no se puede restaurar",
  "image.made": (p) => `Creada el ${p.date} a partir de ${p.machine}`,
  "image.disk": (p) => `Disco de ${p.size}`,
  "image.files": (p) =>
    plural(p.count, {
      one: `Archivo de ${p.size}`,
      many: `# de archivos, ${p.size} en total`,
      other: `# archivos, ${p.size} en total`,
    }),
  "image.locked": "Cifrada: se necesita su contraseña",
  "image.unknown-model": "un disco de modelo desconocido",
  "image.details": "Qué contiene la imagen",
  "image.note": "Nota",
  "image.file": "Archivo",
  "image.place": "Lugar",
  "image.volumes": "Partes",
  "image.volume-count": (p) => plural(p.count, { one: "# archivo", many: "# de archivos", other: "# archivos" }),
  "image.protection": "Protección",
  "image.unlocked": "Cifrada. Desbloqueada hasta que este equipo se reinicie.",
  "image.inside": (p) => `Dentro de ${p.part}`,
  "image.warnings": "Anotado al crearla",
  "image.writer": (p) => `${p.program} ${p.version}`,
  "image.written-by": "Escrita por",
  "image.choose-to-see": "Elija una imagen para ver qué contiene.",
  "unlock.help": (p) =>
    `«${p.name}» está cifrada. Escriba su contraseña o su clave de recuperación. Ambas quedan solo en la memoria de este equipo.`,
  "unlock.password": "Contraseña",
  "unlock.button": "Desbloquear",
  "unlock.busy": "Desbloqueando…",
  "unlock.missing": (p) => `Primero escriba la contraseña de ${p.name}.`,
  "unlock.done": (p) => `${p.name} está desbloqueada`,
  "password.show": "Mostrar",
  "password.hide": "Ocultar",
  "password.caps-lock": "El bloqueo de mayúsculas está activado.",
};
