import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(frLocale);

export const problemWords: SentencesOf<"problem" | "part" | "firmware" | "installation"> = {
  "problem.BOOT_NO_PLACE": (p) =>
    `${p.disk} n’a pas de ${p.what}, ni nulle part ${bytes(p.need)} libres d’un seul tenant pour elle`,
  "problem.BOOT_NO_PLACE-next":
    "Faites de la place sous « Partitions », puis réparez de nouveau, ou laissez le micrologiciel comme avant : le disque continue alors de démarrer comme il le faisait.",
  "problem.BOOT_GAP_TOO_SMALL": (p) => `GRUB a besoin de ${p.need} octets, et ${p.where} de ${p.disk} en a ${p.have}`,
  "problem.BOOT_GAP_TOO_SMALL-next":
    "Déplacez sous « Partitions » la première partition à 1 Mio (réduisez-la d’abord s’il n’y a pas de place), puis réparez de nouveau.",
  "problem.BOOT_SECTORS_UNFIT": (p) => `Aucun BIOS ne démarre de ${p.disk} : ses secteurs ont ${p.sectorSize} octets`,
  "problem.BOOT_SECTORS_UNFIT-next": "Démarrez ce disque par UEFI.",
  "problem.BOOT_LOADER_MISSING": (p) =>
    `On n’a trouvé nulle part ${p.what} pour ${p.system} (cherché dans ${p.looked})`,
  "problem.BOOT_LOADER_MISSING-next": "Utilisez le système de secours, qui a GRUB pour BIOS et UEFI avec lui.",
  "problem.BOOT_KERNEL_MISSING": (p) =>
    `${p.system} n’a pas de noyau Linux dans ${p.folder} : aucun chargeur ne peut le démarrer`,
  "problem.BOOT_KERNEL_MISSING-next":
    "Installez-y un paquet de noyau (chroot), ou restaurez sa partition de démarrage depuis une image qui en a un.",
  "problem.BOOT_ESP_FULL": (p) =>
    `La partition système EFI ${p.partition} a ${bytes(p.have)} libres, et ses chargeurs ont besoin de ${bytes(p.need)}`,
  "problem.BOOT_ESP_FULL-next":
    "Enlevez-en des fichiers dont aucun système n’a besoin, ou agrandissez-la sous « Partitions ».",
  "problem.BOOT_ENTRY_REFUSED": (p) =>
    `Le micrologiciel n’a pas accepté son entrée de démarrage ${p.entry} : ${p.reason}`,
  "problem.BOOT_ENTRY_REFUSED-next":
    "Choisissez ce disque dans le menu de démarrage du micrologiciel lui-même. S’il n’accepte aucune entrée, supprimez-y les anciennes, ou autorisez les changements dans ses réglages.",
  "problem.WINDOWS_UNKNOWN": (p) => `Ce n’est pas un Windows qu’on puisse changer : ${p.file} : ${p.problem}`,
  "problem.WINDOWS_UNKNOWN-next":
    "Un Windows qui n’a jamais démarré doit d’abord être configuré par sa propre installation.",
  "problem.INF_INVALID": (p) =>
    `${p.file}${p.line === undefined ? "" : `, ligne ${p.line}`} : ce n’est pas la description d’un pilote : ${p.problem}`,
  "problem.INF_INVALID-next": "Téléchargez le pilote de nouveau, ou laissez son dossier de côté.",
  "problem.NOT_A_HIVE": (p) => `${p.file} n’est pas une ruche du registre : ${p.problem}`,
  "problem.NOT_A_HIVE-next": "Réparez Windows avec ses propres outils.",
  "problem.HIVE_UNSUPPORTED": (p) =>
    `${p.file} est une ruche du registre d’une sorte qui n’est pas prise en charge : ${p.problem}`,
  "problem.HIVE_UNSUPPORTED-next": "Changez-la avec les outils de Windows lui-même.",
  "problem.HIVE_DIRTY": (p) =>
    `${p.file} n’a pas été écrit jusqu’au bout par Windows, et aucun journal ne le complète : ${p.problem}`,
  "problem.HIVE_DIRTY-next": "Démarrez ce Windows une fois et arrêtez-le ; puis réessayez.",
  "problem.HIVE_DAMAGED": (p) => `${p.file} est endommagé à l’octet ${p.offset} : ${p.problem}`,
  "problem.HIVE_DAMAGED-next":
    "Prenez une copie plus ancienne de la ruche dans une autre image ou dans System32/config/RegBack, ou réparez Windows avec ses propres outils.",
  "problem.HIVE_FULL": (p) => `${p.file} atteindrait ${p.size} octets, et une ruche peut en avoir ${p.most}`,
  "problem.HIVE_FULL-next": "Changez moins à la fois, ou laissez d’abord Windows compacter la ruche.",
  "problem.NOT_A_BCD": (p) =>
    `${p.file} est une ruche du registre et non une configuration de démarrage : ${p.problem}`,
  "problem.NOT_A_BCD-next": "Laissez-en faire une nouvelle.",
  "part.esp": "partition système EFI",
  "part.bios-boot": "partition d’amorçage BIOS",
  "part.windows-manager": "le gestionnaire de démarrage de Windows (bootmgfw.efi)",
  "part.boot-image": "un boot.img de GRUB 2",
  "part.module": (p) => `le module ${p.name} de GRUB`,
  "part.volume": (p) => `le volume avec ${p.folder}`,
  "part.grub-folder": "le dossier de GRUB pour i386-pc",
  "part.here": "les volumes de ce disque",
  "part.both": (p) => `${p.folders}, du système et de cet ordinateur`,
  "firmware.read-only": "efivarfs est monté en lecture seule",
  "firmware.full": "sa mémoire pour les variables est pleine",
  "firmware.value": "il dit que la valeur n’est pas permise",
  "firmware.unchanged": "il ne permet pas de changements",
  "firmware.own-error": "il signale une erreur à lui",
  "firmware.reads-back": "relue, elle est différente",
  "firmware.stays": "elle est encore là après sa suppression",
  "installation.absent": "il n’est pas là",
  "installation.no-control-set": "Select ne nomme aucun jeu de contrôle qui soit là",
};
