import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(frLocale);

export const proofWords: SentencesOf<"proof" | "proved"> = {
  "proof.stage-nothing": "on n’en a rien vu",
  "proof.stage-firmware": "le micrologiciel",
  "proof.stage-boot-loader": "le chargeur de démarrage",
  "proof.stage-kernel": "le noyau",
  "proof.stage-initramfs": "les fichiers de démarrage du noyau (initramfs)",
  "proof.stage-root": "le système sur son système de fichiers racine",
  "proof.stage-up": "une connexion ou un bureau",
  "proof.the-system": "Le système",
  "proof.its-root": "son système de fichiers racine",
  "proof.desktop": (p) => `${p.system} est en marche : un bureau, ou sa connexion, est affiché.`,
  "proof.login": (p) => `${p.system} est en marche : on peut se connecter.`,
  "proof.up-failed": (p) => `${p.up} Ces services ont échoué : ${p.services}.`,
  "proof.unknown": "On ne sait pas jusqu’où il est allé.",
  "proof.no-efi-loader":
    "Le micrologiciel UEFI n’a trouvé aucun chargeur : le disque n’a pas de partition système EFI avec un chargeur qu’il puisse lancer.",
  "proof.bios-nothing": "Le BIOS n’a rien trouvé à lancer sur le disque, ou ce qu’il a lancé n’a rien trouvé.",
  "proof.no-boot-program":
    "Le premier secteur du disque ne contient aucun programme de démarrage : un BIOS n’a rien à lancer.",
  "proof.loader-lost-root":
    "Le chargeur cherche un système de fichiers qui n’est pas sur ce disque : son UUID a changé, ou un autre disque manque.",
  "proof.loader-no-menu": "Le chargeur a commencé et n’a pas trouvé de menu (grub.cfg) : il attend des commandes.",
  "proof.loader-file": "Le chargeur a commencé, et il lui manque un fichier.",
  "proof.loader-error": "Le chargeur a commencé et s’est arrêté sur une erreur.",
  "proof.kernel-missing": "Le chargeur a commencé, et le noyau que nomme son menu n’est pas là.",
  "proof.kernel-panic": "Le noyau a commencé et a abandonné (kernel panic).",
  "proof.kernel-damaged": "Le fichier du noyau n’a pas pu être décompressé : il est endommagé.",
  "proof.initramfs-missing":
    "Le noyau a commencé sans ses fichiers de démarrage (initramfs), et n’a pas pu atteindre le système de fichiers racine.",
  "proof.wrong-root": (p) =>
    `Le noyau devait utiliser le système de fichiers racine ${p.wanted}, et rien sur ce disque ne s’appelle ainsi : le nom dans le menu de démarrage est faux, ou ce système de fichiers est sur un autre disque.`,
  "proof.missing-driver": (p) =>
    `Introuvable : ${p.wanted}. Le noyau n’a vu aucun disque : il manque à ses fichiers de démarrage (initramfs) le pilote pour ${p.bus}.`,
  "proof.root-missing": (p) =>
    `Le noyau a vu le disque, et ses fichiers de démarrage (initramfs) n’y ont pas trouvé : ${p.wanted}.`,
  "proof.root-not-mounted":
    "Le système de fichiers racine a été trouvé et n’a pas pu être monté : son pilote manque, ou il est endommagé.",
  "proof.asks-for-key":
    "Il est arrivé à la question de la phrase secrète d’un volume chiffré. La suite n’a pas été essayée.",
  "proof.no-init":
    "Le système de fichiers racine a été monté et ne contient aucun système qui puisse commencer (pas d’init).",
  "proof.emergency":
    "Le système a commencé et a abandonné : il est en mode de secours, le plus souvent pour un système de fichiers de son fstab qui n’est pas là.",
  "proof.powered-off": "Il s’est éteint avant d’être en marche.",
  "proof.restarts": "Il redémarre sans cesse et n’aboutit pas.",
  "proof.time-over": (p) => `Il était encore en chemin quand le temps s’est écoulé. Il en était à : ${p.stage}.`,
  "proof.silent": (p) =>
    `Pendant ${number(p.seconds)} secondes, rien n’a été affiché, lu ni dessiné. Il en était à : ${p.stage}.`,
  "proof.still-picture": (p) =>
    `On voit une image qui n’a pas changé pendant ${number(p.seconds)} secondes. À vous de juger ce qu’elle montre.`,
  "proof.copy-full": "Il a écrit plus que la copie jetable ne peut contenir.",
  "proof.read-failed": "Le disque, ou l’image, n’a pas pu être lu là où il le fallait.",
  "proof.next-picture-log": "Regardez l’image d’écran et le journal.",
  "proof.next-look": "Regardez l’image d’écran et le journal du port série.",
  "proof.next-services":
    "Regardez ce qui a échoué : ici, il n’y avait pas de réseau et le matériel était autre, et certains services en ont besoin.",
  "proof.next-nothing": "Il n’y a rien à faire.",
  "proof.next-repair": "Réparez le chargeur depuis le système de secours, et essayez à nouveau le démarrage.",
  "proof.next-repair-or-other":
    "Réparez le chargeur depuis le système de secours, et essayez à nouveau le démarrage. L’ordinateur lui-même démarre peut-être de l’autre façon (BIOS ou UEFI).",
  "proof.next-kernel":
    "Remettez le noyau (réinstallez le paquet du noyau depuis le système de secours), ou choisissez une image qui l’a.",
  "proof.next-verify-kernel": "Vérifiez l’image, ou réinstallez le paquet du noyau.",
  "proof.next-initramfs":
    "Refaites les fichiers de démarrage depuis le système de secours (update-initramfs, dracut, mkinitcpio).",
  "proof.next-root-name":
    "Corrigez root= dans le menu de démarrage (refaites grub.cfg), ou restaurez le système de fichiers qu’il nomme.",
  "proof.next-drivers":
    "Refaites les fichiers de démarrage avec tous les pilotes. Sur l’ordinateur lui-même, le disque est peut-être branché autrement.",
  "proof.next-look-root":
    "Regardez l’image d’écran et le journal du port série. Il manque peut-être aux fichiers de démarrage un pilote du système de fichiers, LVM ou RAID.",
  "proof.next-check": "Vérifiez le système de fichiers, et refaites les fichiers de démarrage.",
  "proof.next-itself":
    "Le chargeur, le noyau et les fichiers de démarrage sont bons. Le reste se verra sur l’ordinateur lui-même.",
  "proof.next-whole": "Regardez dans l’image : est-ce la bonne partition, et est-elle complète ?",
  "proof.next-fstab": "Corrigez ou retirez cette entrée de /etc/fstab (ou ajoutez-y nofail).",
  "proof.next-time": "Essayez sur un ordinateur plus rapide, ou avec `lifeboat boot prove --timeout` dans le terminal.",
  "proof.next-still": "Regardez l’image d’écran : une connexion ou un bureau est bon signe.",
  "proof.next-room": "Donnez-lui plus de place, avec `lifeboat boot prove --overlay` dans le terminal.",
  "proof.next-verify": "Vérifiez l’image, ou l’état du disque.",
  "proof.both-bios": "le disque peut être démarré des deux façons, et cet ordinateur a un BIOS",
  "proof.both-uefi": "le disque peut être démarré des deux façons, et cet ordinateur a UEFI",
  "proof.both-newer": "le disque peut être démarré des deux façons, et les ordinateurs actuels ont UEFI",
  "proof.has-efi-loader": "sa partition système EFI a un chargeur",
  "proof.has-boot-program":
    "son premier secteur a un programme de démarrage, et aucun chargeur pour UEFI n’a été trouvé",
  "proof.has-esp": "il y a une partition système EFI, même si aucun chargeur n’y a été trouvé",
  "proof.not-uefi": "rien dessus ne dit qu’il est pour UEFI",
  "proof.asked": "comme demandé",
  "proof.emulated": (p) => `le processeur a été émulé, ce qui prend plus de temps : ${p.why}`,
  "proof.in-place": (p) =>
    `${p.loader} a été lancé comme le ferait une entrée dans la mémoire du micrologiciel : sans elle, comme sur un autre ordinateur, ce disque ne démarre pas (il n’y a pas d’EFI/BOOT/BOOTX64.EFI)`,
  "proof.anew": (p) => `nombre de redémarrages de la machine en chemin : ${p.times}`,
  "proof.unread": (p) => `une partie n’a pas pu être lue : ${p.why}`,
  "proof.no-serial":
    "aucun de ses noyaux n’a pu être amené à écrire sur le port série : le jugement vient du micrologiciel et de l’image d’écran",
  "proved.evidence": (p) => `  Montré par : ${p.line}`,
  "proved.reached": (p) => `  Arrivé à : ${p.stage}, après ${duration(p.seconds)}`,
  "proved.system": (p) => `  Système : ${p.system}`,
  "proved.next": (p) => `  Que faire : ${p.next}`,
  "proved.reason": (p) => `  ${p.reason}`,
  "proved.machine": (p) =>
    `  Machine : ${p.firmware} (${p.because}), disque sur ${p.bus}, ${p.mib} Mio, ${p.isEmulated ? "émulée" : "KVM"}, sans réseau`,
  "proved.disk": (p) => `  Disque : ${bytes(p.bytes)} lus ; ${bytes(p.used)} écrits, dans la copie jetable seulement`,
  "proved.files": (p) => `  Fichiers : ${p.files}`,
  "proved.said": "Dit en chemin :",
  "proved.added": "Ajouté à la copie jetable :",
  "proved.left": "Laissé tel quel :",
};
