import type { SentencesOf } from "#ui/i18n/tell.ts";

export const windowsWords: SentencesOf<"windows"> = {
  "windows.asleep": (p) => `${p.state} : rien n’y est changé`,
  "windows.asleep-boot": (p) => `${p.state} : sa configuration de démarrage reste telle quelle`,
  "windows.asleep-undo": (p) => `${p.state} : rien n’est annulé`,
  "windows.next-asleep":
    "Démarrez Windows encore une fois là où il fonctionnait et arrêtez-le complètement (shutdown /s /t 0). Ou acceptez d’abandonner la session en veille prolongée : ce qui y était ouvert et non enregistré est alors perdu, les fichiers du disque non.",
  "windows.session-discarded": (p) => `${p.state} : cette session est supprimée`,
  "windows.session-removed": "Supprimer la session en veille prolongée, qui ne va à aucun autre matériel",
  "windows.hives-recovered": (p) =>
    `Windows n’avait pas écrit son registre jusqu’au bout (${p.list.join(", ")}) : il est complété par ses journaux`,
  "windows.bitlocker":
    "Un volume est chiffré avec BitLocker : sur un autre ordinateur le TPM ne l’ouvre pas, et Windows demande la clé de récupération à son démarrage",
  "windows.setup": (p) =>
    `Une installation de Windows n’est pas finie et continue à son démarrage (${p.command}) ; elle est laissée telle quelle`,
  "windows.server-disks":
    "Un serveur Windows peut laisser d’autres disques hors connexion quand leur contrôleur a changé : la Gestion des disques les met en ligne",
  "windows.activation":
    "Windows, Office et d’autres programmes peuvent demander à être activés de nouveau sur un autre matériel : aucun programme ne peut changer cela",
  "windows.page-file": (p) =>
    `Le fichier d’échange ${p.file} est sur un volume qui n’est pas sur ce disque : Windows démarre sans lui`,
  "windows.crash": "Une erreur au démarrage reste à l’écran",
  "windows.hive": (p) =>
    `Changer des valeurs du registre : ${p.count} (${p.hive}${p.isWhole ? "" : ", complété par ses journaux"})`,
  "windows.hive-log": (p) => `Vider un journal de la ruche ${p.hive}`,
  "windows.mounted": (p) => `${p.name} est la partition là où elle est maintenant`,
  "windows.mounted-gone": (p) => `${p.name} nomme une partition qui n’est plus là`,
  "windows.letter": (p) => `Le volume de Windows reste ${p.letter}`,
  "windows.storage": (p) => `${p.driver} (${p.drives}) est chargé quand Windows démarre`,
  "windows.sata": "contrôleurs SATA (AHCI)",
  "windows.ide": "contrôleurs IDE",
  "windows.raid": "autres contrôleurs RAID",
  "windows.cards": "cartes mémoire (eMMC)",
  "windows.two": (p) => `${p.first} et ${p.second}`,
  "windows.filter": (p) => `Le filtre ${p.list.join(", ")} (${p.devices}) est retiré : son pilote n’est pas là`,
  "windows.disks": "disques",
  "windows.controllers": "contrôleurs de disque",
  "windows.ide-controllers": "contrôleurs IDE et SATA",
  "windows.volumes": "volumes",
  "windows.tools": (p) => `${p.driver}, de ${p.maker}, n’est plus chargé`,
  "windows.old-xen": "Xen (anciens pilotes de Red Hat)",
  "windows.controller": (p) =>
    `Windows n’a pas de pilote pour le contrôleur de disque ${p.id} : indiquez le dossier du pilote de son fabricant`,
  "windows.driver-loaded": (p) => `Le pilote ${p.driver} de ${p.inf} est chargé quand Windows démarre`,
  "windows.driven": (p) => `${p.id} est piloté par ${p.driver}`,
  "windows.bound": (p) => `Des identifiants de périphériques (${p.count}) sont liés à ${p.driver} de ${p.inf}`,
  "windows.driver-file": (p) => `Mettre un pilote (${p.architecture})`,
  "windows.file-replaced": (p) =>
    `${p.path} était là avec un autre contenu, et est remplacé par celui du dossier ; l’ancien est gardé`,
  "windows.staged": "Mettre un pilote là d’où Windows l’installe",
  "windows.script": "Installer les pilotes de \\Lifeboat\\Drivers quand Windows démarre, et se supprimer soi-même",
  "windows.first-start": "Windows installe les pilotes de \\Lifeboat\\Drivers à son premier démarrage",
  "windows.device-path": "Windows cherche des pilotes aussi dans \\Lifeboat\\Drivers",
  "windows.drivers-unfit": (p) =>
    `Aucun des pilotes des dossiers n’est pour ${p.isMachine ? "cet ordinateur" : "ce Windows"} (${p.count} pour ce Windows, ${p.others} pour d’autres)`,
  "windows.folder-large": (p) =>
    `${p.path} : tout n’a pas été examiné : il contient trop de fichiers pour un dossier de pilotes`,
  "windows.inf-large": (p) => `${p.path} : trop grand pour la description d’un pilote`,
  "windows.not-installed": (p) =>
    `${p.inf} n’est pas installé plus tard : ${p.list.join(", ")} manque ou est trop grand`,
  "windows.no-own-driver": (p) => `${p.inf}, ${p.section} : aucun pilote propre n’est mis : ${p.why}`,
  "windows.goes-on": (p) => `il continue avec ${p.list.join(", ")} de Windows`,
  "windows.has-none": "il n’en a pas",
  "windows.not-put-in": (p) => `${p.inf} : ${p.driver} n’est pas mis : ${p.why}`,
  "windows.no-driver": (p) => `ce n’est pas un pilote (type ${p.type})`,
  "windows.own-driver": "Windows a son propre pilote de ce nom",
  "windows.bad-names": "ses noms n’en sont pas",
  "windows.no-device": "il ne nomme aucun périphérique",
  "windows.other-package": "Windows a un autre paquet de ce nom, qui reste",
  "windows.file-missing": (p) => `son fichier ${p.file} n’est pas dans le dossier`,
  "windows.no-program": (p) => `${p.file} n’est pas un programme pour Windows`,
  "windows.wrong-architecture": (p) => `${p.file} est pour ${p.architecture}, et ce Windows est ${p.own}`,
  "windows.unsigned": (p) =>
    `${p.file} n’a pas de signature en lui-même, sans laquelle un Windows de 64 bits ne démarre pas avec lui`,
  "windows.manager": "Mettre le gestionnaire de démarrage de Windows à sa place",
  "windows.boot-file": "Copier un fichier de démarrage que Windows a en lui-même",
  "windows.no-boot-files": (p) => `Ce Windows ne peut pas être préparé pour BIOS : ${p.path} n’est pas là`,
  "windows.no-loader": (p) => `Windows n’a pas de chargeur pour ce micrologiciel : ${p.path} n’est pas là`,
  "windows.needs-csm":
    "Ce Windows est antérieur à 8 : avec UEFI il lui faut un micrologiciel dont le module de compatibilité (CSM) est activé et Secure Boot désactivé",
  "windows.other-firmware": "Ce qui démarre Windows avec l’autre sorte de micrologiciel est à côté, et reste",
  "windows.store": "Indiquer au gestionnaire de démarrage de Windows où tout se trouve",
  "windows.store-new": "Refaire la configuration de démarrage de Windows",
  "windows.store-log": "Vider un journal de la configuration de démarrage",
  "windows.store-missing": "Il n’y avait pas de configuration de démarrage : une nouvelle est faite",
  "windows.store-damaged": (p) => `${p.problem} : une nouvelle est faite, l’ancienne est gardée`,
  "windows.entry-elsewhere": (p) =>
    `La configuration de démarrage nomme une partition qui n’est pas sur ce disque (${p.what} : ${p.partition}) ; elle est laissée telle quelle`,
  "windows.gpt-partition": (p) => `partition ${p.partition} du disque ${p.disk}`,
  "windows.mbr-partition": (p) => `partition à l’octet ${p.start} du disque ${p.disk}`,
  "windows.list-programs": "Noter tous les changements, pour pouvoir les annuler",
  "windows.list-people": "Noter tous les changements, pour qu’on puisse les lire",
  "windows.list-regedit": (p) => `Noter ce qu’étaient les valeurs de ${p.hive}, pour Regedit`,
  "windows.undo-file": "Remettre un fichier tel qu’il était",
  "windows.undo-new": "Supprimer un fichier qui n’était pas là",
  "windows.undo-log": "Vider un journal de ce qui a été changé depuis",
  "windows.undo-alone":
    "Le code d’amorçage devant les partitions, la partition active et les entrées du micrologiciel restent tels quels : avec les anciens fichiers ils démarrent ce qu’ils démarraient",
  "windows.undo-linux":
    "Ce qui a été changé dans un Linux de ce disque reste ; ses anciens fichiers sont dans /var/lib/lifeboat",
  "windows.undo-lost": (p) => `Non gardés, et perdus : ${p.list.join(", ")}`,
};
