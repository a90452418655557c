import type { help as en } from "#ui/i18n/en/help.ts";

export const help: typeof en = {
  "help.title": "Aide",
  "help.lead": "Que faire dans quel cas, et ce que les mots veulent dire. Rien ici ne change quoi que ce soit.",
  "help.how": "Comment …",
  "help.how-restore": "… ramener un ordinateur à partir d’une image ?",
  "help.so-restore":
    "Choisissez « Restaurer » : d’abord l’image, puis le disque. Avant toute écriture vous voyez tout ce qui sera perdu, et vous le confirmez.",
  "help.how-smaller": "… passer à un disque plus petit ou plus grand ?",
  "help.so-smaller":
    "Choisissez « Cloner », ou « Restaurer » si vous avez une image. Sur la page « Disposition », les partitions peuvent rétrécir ou utiliser tout le disque.",
  "help.how-file": "… sortir des fichiers d’une image ?",
  "help.so-file":
    "Choisissez « Images », ouvrez l’image et regardez dedans. Fichiers et dossiers peuvent être téléchargés ou copiés sur un autre disque.",
  "help.how-start": "… réparer un ordinateur qui ne démarre pas ?",
  "help.so-start":
    "Choisissez « Démarrage ». On voit ce qui démarre le disque, ce qui ne va pas et ce qu’une réparation changerait. Les fichiers modifiés sont gardés.",
  "help.how-power": "… continuer après une coupure de courant ?",
  "help.so-power":
    "Démarrez de nouveau ce système. Une restauration recommence, et ce qui est déjà sur le disque n’est pas écrit deux fois. Une modification de partitions se termine sur la page « Partitions ».",
  "help.how-look": "… être sûr de ne rien perdre en essayant ?",
  "help.so-look":
    "Les pages ne font que regarder tant qu’un plan n’est pas affiché et que vous ne le lancez pas. Chaque plan dit sur quel disque il écrit et ce qui y sera perdu.",
  "help.keys": "Clavier",
  "help.keys-text":
    "Tab et Maj+Tab vont d’un champ à l’autre, les flèches choisissent dans un champ, la barre d’espace coche une case, Entrée presse un bouton. Échap ferme ce qui est ouvert. F1 montre cette page.",
  "help.words": "Mots",
  "help.word-image": "Image",
  "help.means-image":
    "Ce qui était sur un disque à un moment, dans un fichier : partitions, fichiers et ce qui les démarre.",
  "help.word-capture": "Capturer",
  "help.means-capture": "Faire une image d’un disque. Le disque est seulement lu.",
  "help.word-repository": "Dépôt",
  "help.means-repository":
    "Un dossier d’images de nombreux ordinateurs et dates, où ce qui est égal n’est gardé qu’une fois.",
  "help.word-clone": "Cloner",
  "help.means-clone": "Copier un disque sur un autre, sans image entre les deux.",
  "help.word-partition": "Partition",
  "help.means-partition": "Une partie d’un disque avec son propre système de fichiers, comme le lecteur C: de Windows.",
  "help.word-table": "Table de partitions",
  "help.means-table":
    "La liste des partitions au début d’un disque : MBR sur les anciens ordinateurs, GPT sur les récents.",
  "help.word-esp": "Partition système EFI",
  "help.means-esp": "La petite partition à partir de laquelle les ordinateurs récents démarrent.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware":
    "Le programme de l’ordinateur qui s’exécute en premier et démarre le système à partir d’un disque.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "UEFI ne démarre que ce qui est signé par quelqu’un en qui il a confiance.",
  "help.word-universal": "Autre matériel",
  "help.means-universal":
    "Un système d’un ordinateur reçoit les pilotes et les fichiers de démarrage dont un autre a besoin.",
  "help.word-identity": "Identité",
  "help.means-identity":
    "Ce à quoi les autres reconnaissent un ordinateur : nom, identifiants, clés. Une copie qui tourne à côté de l’original en a besoin d’une autre.",
  "help.word-verify": "Vérifier",
  "help.means-verify": "Tout relire et comparer avec les sommes de contrôle.",
  "help.word-encryption": "Mot de passe et clé de récupération",
  "help.means-encryption":
    "Une image chiffrée s’ouvre avec un mot de passe, ou avec la clé de récupération montrée à sa création. Sans l’un d’eux, personne ne peut la lire.",
  "help.word-pairing": "Code d’association",
  "help.means-pairing":
    "Le code sur cet écran avec lequel un navigateur d’un autre ordinateur, ou un autre système de secours, peut se connecter.",
  "help.word-undo": "Fichier d’annulation",
  "help.means-undo":
    "Ce qui se trouvait là où une restauration écrit en premier. Grâce à lui, on peut retrouver les anciennes partitions.",
  "help.back": "Revenir où vous étiez",
};
