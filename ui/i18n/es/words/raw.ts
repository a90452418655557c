import type { SentencesOf } from "#ui/i18n/tell.ts";

export const rawWords: SentencesOf<"raw"> = {
  "raw.no-filesystem": "no se ha reconocido ningún sistema de archivos",
  "raw.unread": (p) => `Lifeboat no lee ${p.name}: se guarda toda la partición`,
  "raw.no-free": (p) => `${p.name} no tiene bloques libres: se guarda toda la partición`,
  "raw.locked": (p) => `está cifrado con ${p.name}: solo al desbloquearlo se ve qué bloques están en uso`,
  "raw.lvm": "es parte de un grupo de volúmenes LVM: se guarda toda la partición",
  "raw.raid": "es parte de un RAID de Linux: se guarda toda la partición",
  "raw.part": (p) => `es parte de algo que Lifeboat no lee (${p.what}): se guarda toda la partición`,
  "raw.untold": (p) => `no se puede saber qué bloques están en uso: ${p.why}`,
  "raw.unclean-journal": "no se desmontó correctamente, y su diario puede contener mapas de bloques más nuevos",
  "raw.unclean-log": "no se desmontó correctamente, y su registro puede contener mapas de bloques libres más nuevos",
  "raw.unclean-bitmaps": "no se desmontó correctamente, y sus mapas de bloques pueden ser antiguos",
  "raw.unclean-clusters": "no se desmontó correctamente, y su mapa de clústeres usados puede ser antiguo",
  "raw.unclean-checkpoint":
    "no se desmontó correctamente, y quizá se escribieron archivos después de su último punto de control",
  "raw.after-checkpoint":
    "no se desmontó correctamente, y se escribieron archivos después de su último punto de control",
  "raw.unclean-ntfs": "no se desmontó correctamente, o Windows está hibernado en él (inicio rápido)",
  "raw.dirty": "está marcado para comprobarlo, y su mapa de clústeres usados puede ser incorrecto",
  "raw.errors-bitmaps": "ha anotado errores, y sus mapas de bloques pueden ser incorrectos",
  "raw.errors-maps": "ha anotado errores, y sus mapas de bloques usados pueden ser incorrectos",
  "raw.errors-tree": "ha anotado errores, y su árbol de extensiones puede ser incorrecto",
  "raw.checkpoints-off":
    "sus puntos de control estaban desactivados, o se cambiaba su tamaño: sus mapas de bloques usados pueden ser antiguos",
  "raw.backup-only": "sus primeros sectores de arranque están dañados, y solo la copia está entera",
  "raw.repair": "hay que repararlo con xfs_repair, y su mapa de bloques libres puede ser incorrecto",
  "raw.mkfs": "su creación (mkfs) no terminó",
  "raw.converting": (p) => `se está convirtiendo, o es un volcado solo de metadatos (${p.flags})`,
  "raw.texfat": "es un TexFAT, cuyos dos mapas de clústeres usados Lifeboat no lee",
  "raw.xfs-version": (p) => `es XFS de la versión ${p.version}, que aquí no se conoce`,
  "raw.feature": (p) => `usa una función de ${p.name} que aquí no se conoce (${p.flags})`,
  "raw.btrfs-feature": (p) => `usa una función de btrfs que aquí no se conoce (${p.flags})`,
  "raw.log-elsewhere": "su registro está en otro dispositivo, y puede contener mapas de bloques libres más nuevos",
  "raw.realtime": "tiene un volumen de tiempo real",
  "raw.devices": "ocupa varios dispositivos, y Lifeboat no lee un F2FS así",
  "raw.zoned": "está hecho para dispositivos por zonas, y Lifeboat no lee un F2FS así",
  "raw.read-only": "es un F2FS hecho solo para leer: no tiene bloques libres",
  "raw.btrfs-devices": (p) =>
    `es uno de los dispositivos de un btrfs (en total: ${p.devices}): los bloques usados solo se ven con todos`,
  "raw.swap-hibernated": "hay un sistema hibernado en él, y perdería su sesión",
  "raw.swap": "es espacio de intercambio: su contenido no sirve tras reiniciar; se conservan la cabecera y el UUID",
};
