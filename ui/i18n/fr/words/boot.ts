import type { SentencesOf } from "#ui/i18n/tell.ts";

const PARTS = {
  ...{ grub: "le GRUB signé", manager: "le gestionnaire de clés", shim: "le premier chargeur signé, shim," },
  ...{ line: "la ligne qui mène au menu de GRUB", name: "le nom du chargeur" },
} as const;
const own = (isOwn: boolean): string => (isOwn ? "du système lui-même" : "du système de secours");

export const bootWords: SentencesOf<"boot"> = {
  "boot.no-system":
    "Aucun système installé n’a été trouvé sur ce disque : il n’y a rien que le micrologiciel puisse démarrer",
  "boot.several-esps": (p) =>
    `Le disque a ${p.count} partitions système EFI (${p.list.join(", ")}) ; chaque système utilise celle qu’il monte, et aucune autre n’est créée`,
  "boot.closed": (p) => `Non examiné : ${p.what}`,
  "boot.windows-table": "Windows ne démarre par UEFI que depuis une GPT, et par BIOS que depuis un MBR",
  "boot.next-table":
    "Convertissez la table de partitions sous « Partitions », ou choisissez une autre table dans la disposition lors de la restauration.",
  "boot.grub-embedded": (p) => `GRUB pour BIOS est écrit dans ${p.where}, construit avec les modules ${own(p.isOwn)}`,
  "boot.bios-partition": (p) => `la partition d’amorçage BIOS ${p.number}`,
  "boot.mbr-gap": "l’espace derrière le MBR",
  "boot.grub-core": (p) => `Écrire le cœur de GRUB dans ${p.where}`,
  "boot.grub-code": "Écrire le code d’amorçage de GRUB devant la table de partitions",
  "boot.signature": "Marquer le premier secteur comme code d’amorçage (55 AA)",
  "boot.syslinux": "Un BIOS démarre syslinux depuis ce disque ; il est laissé tel quel",
  "boot.next-syslinux": "Choisissez BIOS comme micrologiciel pour avoir GRUB à sa place.",
  "boot.no-active": "Aucune partition primaire ne pourrait démarrer Windows par BIOS",
  "boot.sector-empty": (p) =>
    `Le secteur d’amorçage de la partition ${p.number} ne contient pas de code d’amorçage de Windows`,
  "boot.next-sector": "Démarrez le support de récupération de Windows lui-même, et lancez : bootsect /nt60 SYS",
  "boot.active-code": "Écrire un code d’amorçage qui démarre la partition active",
  "boot.active": (p) => `Marquer la partition ${p.number} comme celle qu’un BIOS démarre`,
  "boot.hidden-sectors": (p) =>
    `Indiquer au secteur d’amorçage de la partition ${p.number}${p.isCopy ? ", dans sa copie," : ""} où il se trouve (secteurs cachés : ${p.lba})`,
  "boot.signed-loader": (p) =>
    `Mettre ${PARTS[p.part]} de ${p.name} (${p.from}) sur la partition système EFI, dans ${p.path}`,
  "boot.own-grub": (p) => `Mettre le GRUB de EFI/${p.home} à l’endroit que le micrologiciel démarre sans entrée`,
  "boot.built-grub": (p) =>
    `Mettre un GRUB pour ${p.name}, construit avec les modules ${own(p.isOwn)}, sur la partition système EFI, dans ${p.path}`,
  "boot.systemd-boot": (p) => `Mettre systemd-boot de ${p.name} sur la partition système EFI, dans ${p.path}`,
  "boot.windows-loader": (p) =>
    `Mettre le gestionnaire de démarrage de Windows dans ${p.path}, où cherche un micrologiciel qui n’a pas d’entrée pour lui`,
  "boot.windows-file": (p) => `Mettre ${p.file} du gestionnaire de démarrage de Windows sur la partition système EFI`,
  "boot.fallback-other": (p) =>
    `${p.path}, que le micrologiciel démarre sans entrée, est un autre chargeur (${p.loader}) ; il reste`,
  "boot.fallback-windows": (p) =>
    `${p.path}, que le micrologiciel démarre sans entrée, est celui de Windows ; il reste`,
  "boot.fallback-not-windows": (p) =>
    `${p.path}, que le micrologiciel démarre sans entrée, n’est pas celui de Windows ; il reste`,
  "boot.unsigned": (p) =>
    `Le GRUB pour ${p.name} est construit ici et n’est pas signé : Secure Boot doit être désactivé`,
  "boot.next-unsigned":
    "Installez dans le système les paquets shim-signed et grub-efi-amd64-signed (ou le nom que leur donne la distribution), puis réparez de nouveau.",
  "boot.fstab": (p) => `Corriger ${p.folder} dans /etc/fstab : ${p.device} n’est sur aucun volume de ce disque`,
  "boot.fstab-new": "Ajouter la partition système EFI à /etc/fstab, sur /boot/efi",
  "boot.menu-missing": "Faire le menu de GRUB : il n’y en a pas",
  "boot.menu-empty": "Faire le menu de GRUB : il n’a pas d’entrées",
  "boot.menu-dead": "Faire le menu de GRUB : aucune de ses entrées ne démarre un noyau qui soit là",
  "boot.menu-names": (p) => `Corriger le menu de GRUB, qui nomme ${p.list.join(", ")} : aucun volume de ce disque`,
  "boot.menu-lost": (p) => `Une entrée de son menu nomme ${p.path}, qui n’est pas là`,
  "boot.entry": (p) => `Corriger l’entrée de démarrage ${p.path} : sa racine n’est sur aucun volume de ce disque`,
  "boot.entry-lost": (p) => `L’entrée de démarrage ${p.path} nomme ce qui n’est pas là : ${p.list.join(", ")}`,
  "boot.module": (p) => `Mettre le module ${p.file} de GRUB à côté de son menu, depuis le GRUB ${own(p.isOwn)}`,
  "boot.modules": (p) => `Mettre les ${p.count} modules de GRUB à côté de son menu, depuis le GRUB ${own(p.isOwn)}`,
  "boot.entry-stale": (p) =>
    `L’entrée de démarrage ${p.entry} (${p.label}) nomme une partition qui n’est sur aucun disque de cet ordinateur ; elle reste`,
  "boot.bcd-closed": (p) =>
    `La configuration de démarrage de Windows sur la partition ${p.number} n’a pas été examinée : la partition ou le disque n’a pas d’identifiant, ou n’a pas pu être ouvert`,
};
