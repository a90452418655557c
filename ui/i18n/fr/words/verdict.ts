import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(frLocale);

const ANSWERS = {
  ...{ "will-boot": "démarre", "will-boot-after": "démarre après des changements" },
  ...{ "will-not-boot": "ne démarre pas", unknown: "inconnu" },
} as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const verdictWords: SentencesOf<"verdict" | "next"> = {
  "verdict.bcd-elsewhere":
    "La liste de ce que lance le gestionnaire de démarrage de Windows (Boot\\BCD) n’a pas été trouvée sur ce volume ; elle est peut-être sur celui qui est marqué actif",
  "verdict.grub-half": "Le premier secteur de GRUB est là, mais pas la partie qu’il charge",
  "verdict.no-active": "Aucune partition n’est marquée active, un BIOS ne trouve donc rien à démarrer",
  "verdict.boot-code-unknown":
    "Lifeboat ne connaît pas ce qu’un BIOS lance sur ce disque : on ne peut pas dire s’il continue avec ce système",
  "verdict.boot-code-other": (p) =>
    `Ce qu’un BIOS lance sur ce disque est de ${p.name} : on ne peut pas dire s’il continue avec ce système`,
  "verdict.boot-code-old-table":
    "La table de partitions change de genre, et le code d’amorçage qui la précède est fait pour l’ancienne",
  "verdict.boot-code-old-ids":
    "Un GRUB dans une zone d’amorçage pour BIOS peut contenir les anciens identifiants, et de nouveaux sont donnés",
  "verdict.uefi-only":
    "Il est fait pour UEFI : rien sur le disque ne peut être lancé par un BIOS, qui a démarré cet ordinateur",
  "verdict.bios-sectors": (p) =>
    `Un BIOS ne démarre pas d’un disque dont les secteurs ont ${number(p.sectorSize)} octets`,
  "verdict.bios-nvme":
    "Beaucoup d’ordinateurs ne démarrent de NVMe qu’avec UEFI ; on ne peut pas dire si le BIOS de celui-ci en est capable",
  "verdict.sectors-unfit": (p) =>
    `La partition ${p.number} ne va pas sur les secteurs de ${number(p.sectorSize)} octets de ${p.disk} : ${p.why}`,
  "verdict.sectors-converted": (p) =>
    `Le disque a des secteurs de ${number(p.sectorSize)} octets, l’image de ${number(p.oldSectorSize)} : les partitions sont disposées à nouveau`,
  "verdict.mbr-reach": (p) =>
    `Une table de partitions MBR va jusqu’à ${bytes(p.most)} ; ${p.disk} a ${bytes(p.size)}, et ce qui est au-delà reste inutilisé`,
  "verdict.bitlocker":
    "Windows est chiffré avec BitLocker : sur un autre ordinateur, et quand le micrologiciel ou les fichiers de démarrage changent, il demande une fois la clé de récupération",
  "verdict.luks-tpm":
    "Il s’ouvre avec une clé du TPM de l’ancien ordinateur : sur un autre, il demande un mot de passe ou une clé de récupération",
  "verdict.firmware-unseen":
    "Cet ordinateur n’a pas été démarré par UEFI, et rien n’indique un BIOS : des cartes et certaines machines virtuelles démarrent un système à leur façon",
  "verdict.no-uefi":
    "Le micrologiciel de cet ordinateur est un BIOS qui ne connaît pas UEFI, et le système serait préparé pour UEFI",
  "verdict.made-for-bios":
    "Cet ordinateur a été démarré par UEFI ; le système serait préparé pour BIOS (dit aussi legacy ou CSM)",
  "verdict.made-for-uefi":
    "Cet ordinateur a été démarré par BIOS (dit aussi legacy ou CSM) ; le système serait préparé pour UEFI",
  "verdict.grub-some-slots": (p) =>
    `${p.grub} n’ouvre le LUKS de la partition ${p.number} qu’avec le mot de passe ${p.count === 1 ? "de l’emplacement" : "des emplacements"} ${p.slots} : les autres utilisent Argon2, qu’il ne connaît pas`,
  "verdict.grub-no-argon2": (p) =>
    `Il ne démarrera pas, car ${p.grub} ne peut pas ouvrir le LUKS de la partition ${p.number}, où sont ses propres fichiers : toutes les clés utilisent Argon2, que GRUB connaît à partir de 2.14. Au bon mot de passe il répond « Invalid passphrase »`,
  "verdict.grub-argon2-memory": (p) =>
    `${p.grub} doit ouvrir le LUKS de la partition ${p.number}, dont les clés utilisent Argon2 avec 1 Gio de mémoire ou plus : beaucoup d’ordinateurs n’ont pas un tel morceau libre, et il répond alors « Invalid passphrase »`,
  "verdict.root-name": (p) => `Le menu de démarrage nomme la racine ${p.name}`,
  "verdict.mount-name": (p) => `Il monte ${p.folder} sous le nom ${p.name}`,
  "verdict.name-old-disk": (p) => `${p.what}, qui désigne l’ancien disque ou son ancienne place`,
  "verdict.root-missing": (p) => `${p.what}, qui n’est sur aucun volume de ce disque qu’on ait pu examiner`,
  "verdict.root-elsewhere": (p) =>
    `${p.what}, qui n’est sur aucun volume de ce disque qu’on ait pu examiner : il ne démarre que si cela est trouvé`,
  "verdict.volume-elsewhere": (p) =>
    `${p.what}, qui n’est sur aucun volume de ce disque qu’on ait pu examiner : il ne démarre pas comme d’habitude, sauf si cela est sur un autre disque de l’ordinateur`,
  "verdict.name-old-table": (p) => `${p.what}, et le nouveau genre de table donne d’autres identifiants aux partitions`,
  "verdict.name-other-here": (p) => `${p.what} ; ici ce disque s’appelle ${p.disk}`,
  "verdict.name-unsure": (p) => `${p.what}, qui peut être un autre disque de cet ordinateur`,
  "verdict.network-names": (p) =>
    `Ses réglages réseau sont pour ${p.old} ; cet ordinateur a ${p.names} : il démarre sans réseau tant que ce n’est pas changé`,
  "verdict.network-driver": (p) =>
    `Son noyau n’a pas de pilote pour la carte réseau ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,
  "verdict.no-kernel": "On n’a pas pu savoir quel noyau il lance",
  "verdict.disk-unplaced": (p) =>
    `On ne sait pas à quel contrôleur ${p.disk} sera branché, ni donc quel pilote il faut`,
  "verdict.kernels-differ": (p) =>
    `On ne peut pas dire lequel de ses noyaux démarre, et ils diffèrent : ${p.kernels.join(" ; ")}`,
  "verdict.kernel": (p) => `${p.version} : ${ANSWERS[p.answer]}`,
  "verdict.initramfs-missing": (p) => `Le menu charge ${p.file} avec le noyau ${p.version}, et il n’est pas là`,
  "verdict.modules-missing": (p) =>
    `On ne peut pas dire pour quoi le noyau ${p.version} a des pilotes : la liste de ses modules n’est pas là`,
  "verdict.driver-built-in": (p) =>
    `Le noyau ${p.version} contient le pilote ${p.driver} ; on ne peut pas dire s’il est assez récent pour ${p.device}`,
  "verdict.initramfs-unread": (p) =>
    `On ne peut pas dire si le pilote ${p.driver} pour ${p.device} est là au démarrage : ${p.why}`,
  "verdict.initramfs-no-tool": (p) =>
    `Le pilote ${p.driver} pour ${p.device} n’est pas là au démarrage, et le système n’a pas de programme qui l’y mettrait`,
  "verdict.driver-late": (p) =>
    `Le pilote ${p.driver} pour ${p.device} est dans le système, mais pas dans ce qui est chargé au démarrage (initramfs)`,
  "verdict.driver-untold": (p) =>
    `On ne peut pas dire si le noyau ${p.version} a un pilote pour ${p.device}${p.driver === "" ? "" : ` ; ici c’est ${p.driver}`}`,
  "verdict.driver-missing": (p) =>
    `Le noyau ${p.version} n’a pas de pilote pour ${p.device}${p.driver === "" ? "" : ` (ici c’est ${p.driver})`} : il ne trouverait pas son disque`,
  "verdict.any-of": (p) => p.list.join(" ou "),
  "verdict.scsi-disks": "les disques SCSI et SATA",
  "verdict.other-device": (p) => `l’appareil ${p.address} (${p.bus})`,
  "verdict.raid-member":
    "Sa racine est sur un RAID Linux de plusieurs disques : il démarre quand il y en a assez dans l’ordinateur",
  "verdict.root-tools": (p) =>
    `Sa racine est dans ${p.container}, et ce qui est chargé avec le noyau ${p.version} ne semble pas avoir les programmes pour cela`,
  "verdict.memory": (p) =>
    `L’ordinateur a ${bytes(p.have)} de mémoire ; en dessous de ${bytes(p.least)}, il peut ne pas démarrer`,
  "verdict.processor-unknown": "On ne peut pas dire pour quel genre de processeur il est fait",
  "verdict.processor": (p) => `C’est un système pour processeurs ${p.wanted} ; celui de cet ordinateur est ${p.own}`,
  "verdict.processor-uefi": "C’est un système de 32 bits, qu’un micrologiciel de 64 bits ne démarre pas par UEFI",
  "verdict.processor-level": (p) =>
    `Il lui faut un processeur de niveau x86-64-v${p.level} ; ${p.name} a ${p.own === 0 ? "un niveau inconnu" : `v${p.own}`}`,
  "verdict.loader": (p) => `le chargeur ${p.path}`,
  "verdict.kernel-program": (p) => `le noyau ${p.version}`,
  "verdict.secure-made-unsigned": "Secure Boot est actif, et un chargeur fait pour ce système ne serait pas signé",
  "verdict.secure-forbidden": (p) =>
    `Secure Boot est actif, et cet ordinateur interdit expressément ${p.program} : version trop ancienne`,
  "verdict.secure-revoked": (p) =>
    `Secure Boot est actif, et cet ordinateur interdit ${p.program} : version trop ancienne`,
  "verdict.secure-unsigned": (p) => `Secure Boot est actif, et ${p.program} n’est pas signé, ou a été changé depuis`,
  "verdict.secure-unsure": (p) =>
    `Secure Boot est actif, et on n’a pas pu lire à qui cet ordinateur fait confiance ; ${p.program} est signé par ${p.signer || "quelqu’un"}`,
  "verdict.secure-untrusted": (p) =>
    `Secure Boot est actif, et ${p.program} est signé par ${p.signer || "quelqu’un"}, à qui cet ordinateur ne fait pas confiance`,
  "verdict.secure-untrusted-shim": (p) =>
    `Secure Boot est actif, et ${p.program} est signé par ${p.signer || "quelqu’un"}, à qui ni shim ni cet ordinateur ne font confiance`,
  "verdict.secure-grub-alone":
    "Secure Boot est actif, et GRUB est lancé sans shim : on ne peut pas dire s’il lance le noyau",
  "verdict.secure-old": (p) =>
    `Secure Boot est actif, et ${p.program} est plus ancien que ce que cet ordinateur permet (${p.line})`,
  "verdict.loader-foreign": (p) =>
    `Il a un chargeur UEFI pour ${p.kinds} ; le micrologiciel de cet ordinateur lance des programmes pour ${p.own}`,
  "verdict.no-esp":
    "Il n’y a pas pour ce système de partition système EFI que l’UEFI de cet ordinateur puisse utiliser",
  "verdict.no-loader": "Il n’y a pas pour ce système de chargeur que l’UEFI de cet ordinateur puisse utiliser",
  "verdict.no-room": (p) =>
    `${p.why}, et il n’y a pas de place pour cela derrière la dernière partition (${bytes(p.least)})`,
  "verdict.no-parts": (p) => `${p.why}, et le système n’a pas de quoi en faire un`,
  "verdict.bcd-missing":
    "Le gestionnaire de démarrage de Windows est là, mais pas la liste de ce qu’il lance (EFI/Microsoft/Boot/BCD)",
  "verdict.grub-settings":
    "GRUB est sur la partition système EFI, mais pas les réglages (grub.cfg) qu’il y cherche : il peut s’arrêter à son invite",
  "verdict.no-entry": (p) =>
    `Le micrologiciel de cet ordinateur doit être informé de ${p.path} : là où il cherche de lui-même, il n’y a rien pour ce système`,
  "verdict.windows-mbr": "Par UEFI, Windows démarre d’un disque avec une GPT ; celui-ci a un MBR",
  "verdict.windows-new-table":
    "La table de partitions change de genre, et la liste de démarrage de Windows (BCD) nomme les partitions d’après elle",
  "verdict.windows-new-ids":
    "Le disque et les partitions reçoivent de nouveaux identifiants, et la liste de démarrage de Windows (BCD) les connaît par les anciens",
  "verdict.windows-7": (p) =>
    `${p.name} s’arrête à « Démarrage de Windows » là où UEFI n’a pas de partie BIOS (CSM) pour l’affichage ; on ne peut pas dire si cet ordinateur l’a`,
  "verdict.hibernated-fixed":
    "Windows est en veille prolongée (démarrage rapide) : rien n’y est changé, il n’est donc pas préparé pour un autre matériel",
  "verdict.hibernated":
    "Windows est en veille prolongée (démarrage rapide) : sur un autre matériel il ne peut pas reprendre où il était, et redémarre ou demande",
  "verdict.registry-unread": (p) => `On ne peut pas dire quels pilotes il a : ${p.why}`,
  "verdict.disk-unknown": (p) => `Lifeboat ne connaît pas ce à quoi ${p.disk} est branché`,
  "verdict.windows-usb": (p) => `Windows ne démarre de ${p.device} que s’il a été fait pour cela`,
  "verdict.service-off": (p) =>
    `Windows a le pilote ${p.driver} pour ${p.device}, mais il n’est pas lancé assez tôt : sans changement il s’arrête avec ${p.stop}`,
  "verdict.driver-found": (p) =>
    `Windows n’a pas de pilote pour ${p.device} ; il s’en trouve un dans les dossiers indiqués`,
  "verdict.driver-unsure": (p) =>
    `Windows a un pilote ${p.driver} ; on ne peut pas dire s’il est pour ${p.device}, ni chargé à temps`,
  "verdict.windows-no-driver": (p) =>
    `${p.name} n’a pas de pilote pour ${p.device} et ne trouverait pas son disque (${p.stop})`,
  "verdict.unseen": (p) => `Le contenu n’a pas pu être examiné : ${p.what}`,
  "verdict.no-system": "Aucun Linux ni Windows installé n’a été trouvé : il n’y a rien qui puisse démarrer",
  "next.either": (p) => capital(p.parts.join(" ; ou ")),
  "next.repair": "Faites-le réparer",
  "next.make-bios": "faites-le préparer pour BIOS",
  "next.make-uefi": "faites-le préparer pour UEFI",
  "next.set-uefi": "réglez le micrologiciel sur UEFI",
  "next.set-bios": "réglez le micrologiciel sur BIOS (legacy, CSM), s’il en est capable",
  "next.uefi-or-512": "Démarrez par UEFI, ou choisissez un disque avec des secteurs de 512 octets",
  "next.uefi-if": "Démarrez par UEFI, si l’ordinateur en est capable",
  "next.sectors": (p) => `Choisissez un disque avec des secteurs de ${number(p.sectorSize)} octets`,
  "next.to-gpt": "Choisissez une GPT dans la disposition, si l’ordinateur démarre par UEFI",
  "next.recovery-key":
    "Ayez la clé de récupération sous la main (48 chiffres ; aka.ms/myrecoverykey) avant de commencer",
  "next.pass-phrase": "Ayez l’un des deux sous la main avant de commencer",
  "next.no-uefi": "Laissez cela tel quel, ou choisissez BIOS",
  "next.set-bios-if": "Réglez le micrologiciel sur BIOS (dit aussi legacy ou CSM), s’il en est capable",
  "next.set-uefi-if": "Réglez le micrologiciel sur UEFI, s’il en est capable",
  "next.convert-slot":
    "Passez à PBKDF2 l’emplacement dont GRUB doit accepter le mot de passe, ou mettez /boot sur une partition à part, non chiffrée",
  "next.names": "Faites-le démarrer sur un autre matériel : les noms deviennent des UUID",
  "next.name-disk": "Choisissez un disque de cet ordinateur",
  "next.initramfs-put": "Faites-le démarrer sur un autre matériel : il y sera mis",
  "next.initramfs":
    "Faites-le démarrer sur un autre matériel : l’initramfs est refait avec des pilotes pour tout matériel",
  "next.newer-kernel":
    "Installez un noyau plus récent dans le système avant d’en faire une image, ou prenez un disque sur un autre contrôleur",
  "next.set-bios-has": "Réglez le micrologiciel sur BIOS (legacy, CSM), s’il en est capable",
  "next.secure-off": "Désactivez Secure Boot dans le micrologiciel",
  "next.secure-allow":
    "Autorisez le certificat dans le micrologiciel (souvent appelé « 3rd party UEFI CA »), ou désactivez Secure Boot",
  "next.secure-enrol": "Désactivez Secure Boot dans le micrologiciel, ou ajoutez cette clé avec mokutil",
  "next.secure-update":
    "Désactivez Secure Boot dans le micrologiciel pour un démarrage, et mettez à jour le chargeur du système",
  "next.larger-disk": "Choisissez un disque plus grand, ou laissez des partitions diminuer",
  "next.entry": "Faites créer l’entrée : une réparation le fait",
  "next.gpt": "Choisissez une GPT dans la disposition",
  "next.bcd": "Faites-le démarrer sur un autre matériel : les noms sont corrigés",
  "next.ids": "Faites-le démarrer sur un autre matériel, ou gardez les identifiants",
  "next.discard": "Abandonnez la session en veille, ou arrêtez complètement Windows et refaites une image",
  "next.shut-down": "Mieux : arrêtez complètement Windows (shutdown /s /t 0) et refaites une image",
  "next.service": "Faites-le démarrer sur un autre matériel : le pilote est activé",
  "next.driver-use": "Faites-le démarrer sur un autre matériel : il sera utilisé",
  "next.driver-give": (p) =>
    `Il faut ${p.pack} pour ${p.id}, ajouté au support de secours quand on le crée ; ${p.other}`,
  "next.maker-driver": "le pilote du fabricant",
  "next.or-no-vmd": "ou désactivez VMD dans le micrologiciel : le disque est alors du NVMe ordinaire",
  "next.or-ahci": "ou réglez SATA sur AHCI dans le micrologiciel, si aucun RAID n’est utilisé",
  "next.or-sata": "ou branchez le disque en SATA",
  "next.or-other-controller": "ou prenez un disque sur un autre contrôleur",
  "next.nvme-7": "Prenez un disque SATA, ou le pilote NVMe du fabricant pour Windows 7",
};
