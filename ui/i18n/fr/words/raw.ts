import type { SentencesOf } from "#ui/i18n/tell.ts";

export const rawWords: SentencesOf<"raw"> = {
  "raw.no-filesystem": "aucun système de fichiers n’a été reconnu",
  "raw.unread": (p) => `Lifeboat ne lit pas ${p.name} : toute la partition est sauvegardée`,
  "raw.no-free": (p) => `${p.name} n’a pas de blocs libres : toute la partition est sauvegardée`,
  "raw.locked": (p) => `il est chiffré avec ${p.name} : on ne voit quels blocs sont utilisés qu’une fois déverrouillé`,
  "raw.lvm": "il fait partie d’un groupe de volumes LVM : toute la partition est sauvegardée",
  "raw.raid": "il fait partie d’un RAID Linux : toute la partition est sauvegardée",
  "raw.part": (p) =>
    `il fait partie de quelque chose que Lifeboat ne lit pas (${p.what}) : toute la partition est sauvegardée`,
  "raw.untold": (p) => `on ne peut pas dire quels blocs sont utilisés : ${p.why}`,
  "raw.unclean-journal":
    "il n’a pas été démonté proprement, et son journal peut contenir des tables de blocs plus récentes",
  "raw.unclean-log":
    "il n’a pas été démonté proprement, et son journal peut contenir des tables de blocs libres plus récentes",
  "raw.unclean-bitmaps": "il n’a pas été démonté proprement, et ses tables de blocs peuvent être anciennes",
  "raw.unclean-clusters": "il n’a pas été démonté proprement, et sa table de clusters utilisés peut être ancienne",
  "raw.unclean-checkpoint":
    "il n’a pas été démonté proprement, et des fichiers ont peut-être été écrits après son dernier point de contrôle",
  "raw.after-checkpoint":
    "il n’a pas été démonté proprement, et des fichiers ont été écrits après son dernier point de contrôle",
  "raw.unclean-ntfs": "il n’a pas été démonté proprement, ou Windows y est en veille prolongée (démarrage rapide)",
  "raw.dirty": "il est marqué pour vérification, et sa table de clusters utilisés peut être fausse",
  "raw.errors-bitmaps": "il a noté des erreurs, et ses tables de blocs peuvent être fausses",
  "raw.errors-maps": "il a noté des erreurs, et ses tables de blocs utilisés peuvent être fausses",
  "raw.errors-tree": "il a noté des erreurs, et son arbre d’extents peut être faux",
  "raw.checkpoints-off":
    "ses points de contrôle étaient désactivés, ou il était en cours de redimensionnement : ses tables de blocs utilisés peuvent être anciennes",
  "raw.backup-only": "ses premiers secteurs de démarrage sont endommagés, et seule la copie est intacte",
  "raw.repair": "il doit être réparé avec xfs_repair, et sa table de blocs libres peut être fausse",
  "raw.mkfs": "sa création (mkfs) n’a pas été terminée",
  "raw.converting": (p) => `il est en cours de conversion, ou ne contient que des métadonnées (${p.flags})`,
  "raw.texfat": "c’est un TexFAT, dont Lifeboat ne lit pas les deux tables de clusters utilisés",
  "raw.xfs-version": (p) => `c’est XFS en version ${p.version}, qui n’est pas connue ici`,
  "raw.feature": (p) => `il utilise une fonction de ${p.name} qui n’est pas connue ici (${p.flags})`,
  "raw.btrfs-feature": (p) => `il utilise une fonction de btrfs qui n’est pas connue ici (${p.flags})`,
  "raw.log-elsewhere":
    "son journal est sur un autre périphérique, et peut contenir des tables de blocs libres plus récentes",
  "raw.realtime": "il a un volume temps réel",
  "raw.devices": "il s’étend sur plusieurs périphériques, et Lifeboat ne lit pas un tel F2FS",
  "raw.zoned": "il est fait pour des périphériques à zones, et Lifeboat ne lit pas un tel F2FS",
  "raw.read-only": "c’est un F2FS fait pour être seulement lu : il n’a pas de blocs libres",
  "raw.btrfs-devices": (p) =>
    `il est l’un des périphériques d’un btrfs (en tout : ${p.devices}) : les blocs utilisés ne se voient qu’avec tous`,
  "raw.swap-hibernated": "un système y est en veille prolongée, et perdrait sa session",
  "raw.swap":
    "c’est de l’espace d’échange : son contenu ne sert plus après un redémarrage ; en-tête et UUID sont gardés",
};
