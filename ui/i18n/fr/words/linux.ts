import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(frLocale);

const card = (isWireless: boolean): string => (isWireless ? "carte réseau sans fil" : "carte réseau");
const madeBy = (maker: string): string =>
  `${maker === "" ? "Ce qui le fait n’est pas connu ici" : `Il est fait par ${maker}, qui n’est pas connu ici`} : là où le disque du nouvel ordinateur a besoin de l’un d’eux, ce système ne démarre pas`;

export const linuxWords: SentencesOf<"linux"> = {
  "linux.is": (p) => `${p.old} est ${p.name}`,
  "linux.not-there": (p) => `${p.device} n’est plus là`,
  "linux.in-file": (p) => `${p.path} : ${p.problem}`,
  "linux.other-disk": "c’était sur un autre disque que le système",
  "linux.whole-disk": "cela nomme un disque entier",
  "linux.no-partition": (p) => `ce disque n’a pas de volume dans une partition ${p.number}`,
  "linux.partition-holds": (p) => `la partition ${p.number} contient ${p.filesystem}`,
  "linux.no-uuid": "il n’y a pas d’UUID",
  "linux.filesystem-no-uuid": "son système de fichiers n’a pas d’UUID",
  "linux.unmounted": (p) => `${p.folder} (${p.device}) : ${p.why}`,
  "linux.elsewhere": "il n’est sur aucun volume de ce disque qu’on puisse ouvrir",
  "linux.link-to-root": "un lien le mène à la racine",
  "linux.no-filesystem": (p) => `pas de pilote pour ${p.filesystem}`,
  "linux.fstab": (p) =>
    `Monter par UUID, et non par les noms qu’avaient les périphériques sur l’ancien ordinateur : ${p.list.join(", ")}`,
  "linux.fstab-missing": "Il n’y a pas de /etc/fstab : ce système monte d’après les types de ses partitions",
  "linux.fstab-unknown": (p) =>
    `/etc/fstab monte ${p.device} sur ${p.folder}, et on ne sait pas ce que cela désigne ici : ${p.why}`,
  "linux.fstab-unknown-swap": (p) =>
    `/etc/fstab utilise ${p.device} comme espace d’échange, et on ne sait pas ce que cela désigne ici : ${p.why}`,
  "linux.fstab-options": (p) => `/etc/fstab nomme ${p.device} dans les options de ${p.folder}`,
  "linux.fstab-elsewhere": (p) =>
    `/etc/fstab monte ${p.device} sur ${p.folder}, qui n’est pas sur ce disque : le démarrage s’arrête là, à moins que sa ligne ne reçoive l’option nofail`,
  "linux.fstab-elsewhere-swap": (p) =>
    `/etc/fstab utilise ${p.device} comme espace d’échange, qui n’est pas sur ce disque : chaque démarrage l’attend`,
  "linux.crypttab": (p) => `Ouvrir les volumes chiffrés où que leur disque soit branché : ${p.list.join(", ")}`,
  "linux.crypttab-unknown": (p) =>
    `/etc/crypttab ouvre ${p.device} sous le nom ${p.name}${p.isScratch ? ", qui est réécrit à chaque démarrage" : ""}, et on ne sait pas ce que cela désigne ici : ${p.why}`,
  "linux.key-unknown": (p) =>
    `La clé de ${p.name} dans /etc/crypttab est sur ${p.device}, et on ne sait pas ce que cela désigne ici : ${p.why}`,
  "linux.opened-early": (p) => `${p.name} est ouvert avant que la racine soit là`,
  "linux.resume": (p) => `Se réveiller d’un espace d’échange qui existe : ${p.list.join(", ")}`,
  "linux.raid":
    "Chercher les membres de RAID sur tous les disques, et non par les noms qu’ils avaient sur l’ancien ordinateur",
  "linux.raid-members": "Un RAID dont des membres sont sur d’autres disques démarre sans ceux qui ne sont pas là",
  "linux.lvm-devices": "Faire regarder à LVM tous les disques : sa liste nomme ceux de l’ancien ordinateur",
  "linux.lvm-filter": "Faire regarder à LVM tous les disques : le filtre nomme ceux de l’ancien ordinateur",
  "linux.multipath": (p) =>
    `${p.path} nomme des disques de l’ancien ordinateur (${p.count}) ; multipath les ignore quand ils ne sont pas là`,
  "linux.multipath-bound": (p) =>
    `${p.path} est lié à certains disques : parcourez-le si ce système doit utiliser multipath ici`,
  "linux.arguments": (p) => `Démarrer le système par UUID : ${p.list.join(", ")}`,
  "linux.arguments-room": (p) => `${p.path} n’a pas de place pour des noms durables`,
  "linux.argument-gone": (p) => `${p.argument} n’est sur aucun volume de ce disque`,
  "linux.argument-why": (p) => `${p.argument} : ${p.why}`,
  "linux.argument-no-uuid": (p) => `${p.argument} n’a pas d’UUID`,
  "linux.argument-resume": (p) => `${p.argument} est enlevé, car cet espace d’échange n’existe pas`,
  "linux.grub-uuid": "Faire nommer la racine par son UUID chaque fois que la configuration de GRUB est faite",
  "linux.esp-unmounted": (p) =>
    `La partition système EFI ${p.number} n’est montée nulle part dans ce système, et on n’a pas cherché de noms de périphériques dans son contenu`,
  "linux.card-named": (p) =>
    `Appeler la carte ${p.mac}${p.name === "" ? "" : ` (${p.name})`} ${p.called}, comme s’appelait celle de l’ancien ordinateur, pour que ses réglages réseau valent`,
  "linux.card-only": (p) =>
    `Appeler la seule ${card(p.isWireless)} ${p.called}, comme s’appelait celle de l’ancien ordinateur, pour que ses réglages réseau valent ; s’il y en a plusieurs ici, la première trouvée les reçoit`,
  "linux.card-instead": (p) => `Destiner à la carte ${p.mac}, à la place de ${p.old}`,
  "linux.card-new": (p) => `Destiner à la carte ${p.mac}, à la place de celle de l’ancien ordinateur`,
  "linux.card-any": (p) => `Destiner à la carte présente, quelle que soit son adresse ; c’était ${p.old}`,
  "linux.card-match": (p) => `Destiner à la carte présente, quelle que soit son adresse : ${p.list.join(", ")}`,
  "linux.cards": "Destiner aux cartes de cet ordinateur, à la place de celles de l’ancien",
  "linux.cards-listed": (p) => `Destiner aux cartes de cet ordinateur : ${p.list.join(", ")}`,
  "linux.card-whichever": (p) => `${p.old} est celle qui s’appelle ${p.name}`,
  "linux.cards-named":
    "Nommer les cartes de cet ordinateur comme s’appelaient celles de l’ancien, et oublier celles qui ne sont pas là",
  "linux.card-unknown": (p) =>
    `Des réglages réseau sont pour la ${card(p.isWireless)} ${p.card}, et il faut dire laquelle prend sa place : ${p.choice}`,
  "linux.here-unknown": "on ne sait pas quelles cartes a cet ordinateur",
  "linux.here-none": "cet ordinateur n’en a pas",
  "linux.here": (p) => `cet ordinateur a ${p.cards}`,
  "linux.udev-rules": (p) =>
    `${p.path} a des règles pour des périphériques de l’ancien ordinateur, par numéro de série ou emplacement ; ici elles ne font rien`,
  "linux.barred": (p) =>
    `${p.path} empêche le système de charger ${p.list.join(", ")} : d’un disque qui en a besoin, il ne démarre pas`,
  "linux.graphics": (p) =>
    `${p.path} est pour l’affichage de l’ancien ordinateur : si l’écran reste noir, retirez ce fichier`,
  "linux.unified": (p) =>
    `${p.path} est un noyau avec son initramfs dedans : ce qui le fait (mkinitcpio, dracut --uefi, ukify) doit le refaire, sinon il démarre avec les pilotes de l’ancien ordinateur`,
  "linux.and-more": (p) => `${p.list.join(", ")} et encore ${p.others}`,
  "linux.no-kernel": "Aucun noyau avec des modules n’a été trouvé, on ne peut donc rien dire des pilotes au démarrage",
  "linux.part-missing": (p) =>
    `L’initramfs ne peut pas être refait, car une partie du système n’est pas là : ${p.what}`,
  "linux.start-file": (p) => `Refaire l’initramfs du noyau ${p.version}, avec des pilotes pour tout matériel`,
  "linux.start-file-lacks": (p) =>
    `Refaire l’initramfs du noyau ${p.version}, avec des pilotes pour tout matériel ; il lui manque ${p.drivers}`,
  "linux.start-files": (p) => p.list.join(". "),
  "linux.start-unread": (p) => `L’initramfs du noyau ${p.version} n’a pas pu être lu. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p) =>
    `Il manque ces pilotes à l’initramfs du noyau ${p.version} : ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p) =>
    `L’initramfs du noyau ${p.version} n’est pas là, et il manque ces pilotes au noyau lui-même : ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p) =>
    `/boot n’a que ${bytes(p.free)} libres, et un initramfs pour tout matériel peut prendre ${bytes(p.size)} : là où il ne tient pas, l’ancien reste`,
  "linux.modules-most":
    "Mettre dans l’initramfs les pilotes de tout matériel courant, et non seulement ceux de l’ancien ordinateur",
  "linux.hook": "Mettre dans l’initramfs les pilotes de toutes sortes de disques, aussi quand il sera refait plus tard",
  "linux.dracut":
    "Faire faire l’initramfs pour tout matériel, et non seulement celui de l’ancien ordinateur, aussi quand il sera refait plus tard",
  "linux.containers":
    "L’initramfs ouvre tous les LVM, LUKS et RAID qu’il trouve (rd.auto=1), car la racine est dans l’un d’eux",
  "linux.autodetect": "Enlever le hook `autodetect`, pour que l’initramfs ait les pilotes de tout matériel",
  "linux.preset": "Faire aussi l’initramfs habituel pour tout matériel",
  "linux.no-block":
    "/etc/mkinitcpio.conf n’a pas le hook `block`, l’initramfs n’a donc pas d’autres pilotes de disques que ceux de MODULES",
  "linux.relabel":
    "Faire étiqueter de nouveau tous les fichiers par SELinux : le premier démarrage prend quelques minutes de plus et finit par un second",
};
