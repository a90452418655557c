import type { SentencesOf } from "#ui/i18n/tell.ts";

export const stateWords: SentencesOf<"state"> = {
  "state.unclean": "n’a pas été démonté proprement",
  "state.unclean-log": "n’a pas été démonté proprement ; son journal sera restauré avec lui",
  "state.unclean-journal": "n’a pas été démonté proprement ; son journal sera restauré avec lui",
  "state.unclean-check": (p) => `n’a pas été démonté proprement ; vérifiez-le avec ${p.tool}`,
  "state.unclean-chkdsk": (p) => `n’a pas été démonté proprement ; vérifiez-le avec ${p.tool} ou chkdsk`,
  "state.unclean-ntfs": "n’a pas été démonté proprement, ou Windows y est en veille prolongée (démarrage rapide)",
  "state.errors": (p) => `a noté des erreurs ; vérifiez-le avec ${p.tool}`,
  "state.disk-errors": (p) => `a noté des erreurs du disque ; vérifiez-le avec ${p.tool} ou chkdsk`,
  "state.dirty": "est marqué pour vérification ; vérifiez-le avec chkdsk",
  "state.boot-sectors": (p) => `ses secteurs de démarrage sont endommagés ; vérifiez-le avec ${p.tool} ou chkdsk`,
  "state.first-boot-sectors": (p) =>
    `ses premiers secteurs de démarrage sont endommagés ; vérifiez-le avec ${p.tool} ou chkdsk`,
  "state.root": (p) => `son dossier racine est illisible ; vérifiez-le avec ${p.tool} ou chkdsk`,
  "state.file-table": "sa table de fichiers (MFT) est illisible ; vérifiez-le avec chkdsk",
  "state.superblocks": (p) => `ses superblocs sont endommagés ; vérifiez-le avec ${p.tool}`,
  "state.first-superblock": (p) => `son premier superbloc est endommagé ; vérifiez-le avec ${p.tool}`,
  "state.checkpoints": (p) => `ses points de contrôle sont illisibles ; vérifiez-le avec ${p.tool}`,
  "state.quotas": (p) => `ses quotas ne sont pas à jour ; vérifiez-le avec ${p.tool}`,
  "state.repair": "doit être réparé avant d’être monté ; lancez xfs_repair",
  "state.log-elsewhere": "a son journal sur un autre périphérique, qui n’est pas sauvegardé avec lui",
  "state.realtime": "a des fichiers sur un périphérique temps réel, qui n’est pas sauvegardé avec lui",
  "state.one-device": (p) =>
    `est l’un des périphériques d’un btrfs (en tout : ${p.devices}) ; il ne se lit qu’avec les autres`,
  "state.swap-hibernated": "un système y est en veille prolongée",
  "state.with-session": (p) =>
    `${p.session} ; il est sauvegardé avec cette session. Pour une image plus petite, qui démarre sur tout ordinateur, démarrez Windows et arrêtez-le complètement (shutdown /s /t 0)`,
  "state.fast-startup": "Windows y est en veille prolongée (démarrage rapide)",
  "state.hibernated": "Windows y est en veille prolongée (elle-même ou démarrage rapide)",
  "state.hibernated-elsewhere":
    "un Windows d’une autre partition est passé en veille prolongée alors qu’il avait celle-ci ouverte",
  "state.hibernated-unknown": "son hiberfil.sys est incompréhensible : Windows y est peut-être en veille prolongée",
};
