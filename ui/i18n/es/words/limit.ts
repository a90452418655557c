import type { SentencesOf } from "#ui/i18n/tell.ts";

/** Why a file system cannot be smaller, or larger. */
export const limitWords: SentencesOf<"limit"> = {
  "limit.nearly-full": "su espacio está casi agotado",
  "limit.full": "su espacio está agotado",
  "limit.unknown": "no se sabe qué contiene",
  "limit.left-out": "no está en la imagen",
  "limit.raw": "su contenido se guardó tal cual",
  "limit.no-tool": (p) => `ninguna herramienta cambia el tamaño de ${p.filesystem}`,
  "limit.xfs-least": "XFS nunca tiene menos de 300 MiB",
  "limit.xfs-realtime": "XFS solo se reduce copiando sus archivos, y algunos están en un dispositivo de tiempo real",
  "limit.xfs-log": "XFS solo se reduce copiando sus archivos, y su registro está en otro dispositivo",
  "limit.xfs-quotas": "XFS solo se reduce copiando sus archivos, y se perderían sus cuotas",
  "limit.btrfs-least": "btrfs nunca tiene menos de 256 MiB",
  "limit.ntfs-tool": "su herramienta no conoce un tamaño menor",
  "limit.ntfs-check": "Windows lo ha marcado para comprobarlo: primero hay que ejecutar chkdsk /f",
  "limit.ntfs-journal": "su diario no se cerró: primero hay que apagar Windows del todo",
  "limit.ntfs-hibernated": "Windows está hibernado en él",
  "limit.f2fs": "la herramienta de F2FS no dice cuánto se puede reducir",
  "limit.exfat":
    "ninguna herramienta cambia el tamaño de exFAT, y una copia de sus archivos perdería sus atributos y fechas de creación",
  "limit.bigalloc": "usa bigalloc, y resize2fs no responde de cambiar su tamaño",
  "limit.ext-unclean":
    "no se desmontó correctamente, y no hay sitio para averiguar con su diario cuánto se puede reducir",
  "limit.layer-full": "no hay nada libre en él",
  "limit.layer-largest": "no puede ser más grande",
  "limit.striped": "LVM lo ha repartido en bandas (striping)",
};
