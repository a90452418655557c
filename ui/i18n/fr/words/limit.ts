import type { SentencesOf } from "#ui/i18n/tell.ts";

/** Why a file system cannot be smaller, or larger. */
export const limitWords: SentencesOf<"limit"> = {
  "limit.nearly-full": "son espace est presque entièrement utilisé",
  "limit.full": "son espace est entièrement utilisé",
  "limit.unknown": "on ne sait pas ce qu’elle contient",
  "limit.left-out": "elle n’est pas dans l’image",
  "limit.raw": "son contenu a été sauvegardé tel quel",
  "limit.no-tool": (p) => `aucun outil ne change la taille de ${p.filesystem}`,
  "limit.xfs-least": "XFS ne fait jamais moins de 300 Mio",
  "limit.xfs-realtime": "XFS ne se réduit qu’en copiant ses fichiers, et certains sont sur un périphérique temps réel",
  "limit.xfs-log": "XFS ne se réduit qu’en copiant ses fichiers, et son journal est sur un autre périphérique",
  "limit.xfs-quotas": "XFS ne se réduit qu’en copiant ses fichiers, et ses quotas seraient perdus",
  "limit.btrfs-least": "btrfs ne fait jamais moins de 256 Mio",
  "limit.ntfs-tool": "son outil ne connaît pas de taille plus petite",
  "limit.ntfs-check": "Windows l’a marqué pour vérification : il faut d’abord lancer chkdsk /f",
  "limit.ntfs-journal": "son journal n’a pas été fermé : Windows doit d’abord être complètement arrêté",
  "limit.ntfs-hibernated": "Windows y est en veille prolongée",
  "limit.f2fs": "l’outil de F2FS ne dit pas à quel point il peut être réduit",
  "limit.exfat":
    "aucun outil ne change la taille d’exFAT, et une copie de ses fichiers perdrait leurs attributs et leurs dates de création",
  "limit.bigalloc": "il utilise bigalloc, et resize2fs ne répond pas de son redimensionnement",
  "limit.ext-unclean":
    "il n’a pas été démonté proprement, et il n’y a pas de place pour savoir sa taille minimale avec son journal",
  "limit.layer-full": "il n’y a rien de libre dedans",
  "limit.layer-largest": "il ne peut pas être plus grand",
  "limit.striped": "LVM l’a réparti en bandes (striping)",
};
