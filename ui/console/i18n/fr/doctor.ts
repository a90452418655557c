import type { DoctorWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { plural } from "#ui/i18n/fr/plural.ts";

const { bytes, dateTime, list } = createFormat(frLocale);

export const doctor: DoctorWords = {
  "seen.SERVER_NOT_RUNNING": (p) =>
    `Le dernier signe de vie du serveur ${p.address} date du ${dateTime(new Date(p.at).toISOString())}.`,
  "seen.SERVER_NOT_RUNNING-never": "Aucun serveur n’a encore fonctionné avec ces machines.",
  "means.SERVER_NOT_RUNNING": "Personne ne répond aux ordinateurs qui démarrent.",
  "do.SERVER_NOT_RUNNING":
    "Lancez-le : `lifeboat pxe serve`. S’il utilise un autre fichier ou une autre base de données, indiquez-la avec `--machines`.",

  "seen.PORT_TAKEN": (p) =>
    `Un autre programme occupe un port nécessaire au démarrage par le réseau : ${list(p.ports)}.`,
  "port.taken": (p) => `port ${p.port} par ${p.owner}`,
  "means.PORT_TAKEN":
    "`pxe serve` ne peut pas démarrer à côté, et ce que les ordinateurs demandent à ce programme, il y répond à sa façon.",
  "do.PORT_TAKEN": "Arrêtez ce programme, ou servez depuis une autre machine.",

  "seen.ADDRESS_GONE": (p) =>
    `La carte réseau ${p.interface} a disparu, ou aucune interface n’a plus son adresse ${p.address}.`,
  "means.ADDRESS_GONE": "Rien n’est proposé sur cette carte réseau ; les autres cartes du serveur continuent.",
  "do.ADDRESS_GONE":
    "Rendez-lui son adresse (une adresse fixe convient à un serveur) : elle est de nouveau servie d’elle-même quelques secondes plus tard.",

  "seen.SERVICE_SILENT": (p) =>
    `Le serveur ${p.service} n’a pas répondu à ${p.address} port ${p.port}, interrogé depuis le serveur même : ${p.reason}.`,
  "means.SERVICE_SILENT": "Un pare-feu bloque même ici, ou le serveur ne réagit plus.",
  "do.SERVICE_SILENT": "Regardez les règles du pare-feu ci-dessous, s’il y en a ; relancez `pxe serve`.",

  "seen.FIREWALL": (p) =>
    `Le pare-feu du serveur rejette ce qui arrive sur ${p.device} pour ${p.protocol} port ${p.port} : ${p.where}.`,
  "seen.FIREWALL-maybe": (p) =>
    `Le pare-feu du serveur rejette peut-être ce qui arrive sur ${p.device} pour ${p.protocol} port ${p.port} : ${p.where}.`,
  "means.FIREWALL": "Les ordinateurs qui démarrent ne sont pas entendus.",
  "do.FIREWALL": (p) =>
    `Laissez-le entrer : \`nft insert rule ...\` ou, avec firewalld ou ufw, ${p.protocol} port ${p.port} sur ${p.device}. \`nft -a list ruleset\` montre la règle.`,

  "seen.NOTHING_HEARD": "On n’a encore rien entendu de cette machine.",
  "seen.NOTHING_HEARD-of": (p) => `On n’a encore rien entendu de ${p.name}.`,
  "means.NOTHING_HEARD": "Ses questions n’atteignent pas ce serveur, ou elle n’en pose pas.",
  "do.NOTHING_HEARD":
    "Vérifiez le câble et le port du commutateur (VLAN, port security, spanning tree sans port fast), que le démarrage par le réseau est activé dans le micrologiciel et avant le disque, et qu’un routeur intermédiaire relaie DHCP vers ce serveur.",

  "seen.NO_BOOT_OPTION": (p) =>
    plural(p.count, {
      one: "Elle a demandé # fois une adresse, sans l’option 60 (PXEClient ou HTTPClient).",
      many: "Elle a demandé # de fois une adresse, sans l’option 60 (PXEClient ou HTTPClient).",
      other: "Elle a demandé # fois une adresse, sans l’option 60 (PXEClient ou HTTPClient).",
    }),
  "means.NO_BOOT_OPTION":
    "C’est un système installé, ou un micrologiciel dont le démarrage par le réseau est désactivé : il ne demande pas quoi démarrer.",
  "do.NO_BOOT_OPTION":
    "Activez le démarrage par le réseau (PXE, UEFI network stack) dans le micrologiciel, avant le disque. Si un relais ou un commutateur modifie les messages DHCP, laissez passer l’option 60.",

  "seen.no-offer": (p) => `Elle a demandé quoi démarrer, et aucun fichier ne lui a été indiqué : ${p.reason}.`,
  "seen.no-offer-kind": (p) =>
    `Elle a demandé quoi démarrer (${p.kind}), et aucun fichier ne lui a été indiqué : ${p.reason}.`,
  "means.UNKNOWN_ARCHITECTURE": "Son processeur ou son micrologiciel est d’un type inconnu ici.",
  "do.UNKNOWN_ARCHITECTURE":
    "`lifeboat pxe machines show` montre le numéro qu’elle a envoyé (RFC 4578, option 93). Démarrez-la autrement, par exemple en mode BIOS ou depuis une clé USB.",
  "means.NO_FILE_FOR_ARCHITECTURE": "Le dossier offert n’a pas de chargeur pour son type de micrologiciel.",
  "do.NO_FILE_FOR_ARCHITECTURE":
    "Mettez-en un (son nom est dans docs/pxe.md), ou passez son micrologiciel à un type que le dossier a. `media pxe` fait des fichiers pour BIOS et UEFI x64.",
  "means.NO_FILE": "La réponse ne lui serait pas parvenue.",
  "do.NO_FILE": "Voyez les lignes du serveur.",
  "means.NOT_APPROVED":
    "Le serveur ne donne de fichiers de démarrage qu’aux machines admises, et personne n’a admis celle-ci.",
  "means.REFUSED": "Quelqu’un a refusé cette machine.",
  "means.STARTS_FROM_DISK": "Elle ne doit pas démarrer depuis le réseau : c’est réglé ainsi, ou sa tâche est terminée.",

  "seen.no-address": (p) => `Elle n’a pas reçu d’adresse : ${p.reason}.`,
  "seen.no-address-relay": (p) => `Elle n’a pas reçu d’adresse : ${p.reason} (${p.relay}).`,
  "means.RELAY_UNKNOWN":
    "Un relais transmet ses questions, avec une adresse à lui qui n’est dans aucun des réseaux de ce serveur.",
  "do.RELAY_UNKNOWN":
    "Ajoutez ce réseau au fichier de `--dhcp-file`, ou corrigez le relais : son adresse (giaddr) doit être celle de l’interface vers les ordinateurs.",
  "means.NO_ADDRESS": "Sans adresse, elle ne charge rien.",
  "do.NO_ADDRESS":
    "Agrandissez la plage ou raccourcissez la durée des baux ; deux ordinateurs avec une seule adresse doivent être distingués. `lifeboat pxe machines show` sans machine montre ce que le serveur a rencontré.",

  "seen.OTHER_DHCP_SERVER": (p) => `Un autre serveur DHCP répond dans ce réseau : ${list(p.servers)}.`,
  "means.OTHER_DHCP_SERVER":
    "Les ordinateurs prennent la réponse qui vient la première : des adresses de deux sortes, et les fichiers de l’autre serveur ou aucun.",
  "do.OTHER_DHCP_SERVER":
    "Arrêtez l’un des deux. À côté d’un serveur DHCP qui reste, lancez `pxe serve` sans `--dhcp` : il n’indique alors que des fichiers.",

  "seen.OFFER_NOT_TAKEN": (p) =>
    plural(p.count, {
      one: "Elle a demandé, a su # fois quoi charger, puis n’a demandé aucun fichier.",
      many: "Elle a demandé, a su # de fois quoi charger, puis n’a demandé aucun fichier.",
      other: "Elle a demandé, a su # fois quoi charger, puis n’a demandé aucun fichier.",
    }),
  "means.OFFER_NOT_TAKEN":
    "La réponse ne lui parvient pas, son micrologiciel n’accepte pas celle d’un second serveur (proxyDHCP), elle a pris celle d’un autre, ou sa demande du fichier n’atteint pas ce serveur (port UDP 69, port TCP 80).",
  "do.OFFER_NOT_TAKEN":
    "Cherchez un pare-feu ou un commutateur qui rejette les réponses DHCP (DHCP snooping : faites confiance au port de ce serveur). Essayez `--no-dhcp` avec les lignes de `lifeboat pxe snippets` dans votre serveur DHCP.",

  "seen.FILE_MISSING": (p) => `Elle a demandé ${p.file} en dernier et ne l’a pas reçu : ${p.reason}.`,
  "means.FILE_MISSING":
    "Il manque au dossier offert un fichier que son chargeur demande, ou il y porte un autre nom ; ou la machine n’y a pas droit.",
  "do.FILE_MISSING":
    "Refaites le dossier avec `lifeboat media pxe`, ou corrigez le nom dans le serveur DHCP ou la configuration du chargeur.",

  "seen.TRANSFER_BROKEN": (p) => `${p.file} s’est interrompu après ${bytes(p.loaded)} : ${p.how}.`,
  "seen.TRANSFER_BROKEN-size": (p) =>
    `${p.file} s’est interrompu après ${bytes(p.loaded)} sur ${bytes(p.size)} : ${p.how}.`,
  "means.TRANSFER_BROKEN":
    "Des paquets se perdent en route, la machine a été éteinte, ou son chargeur n’a pas de place pour le fichier.",
  "do.TRANSFER_BROKEN":
    "Essayez un autre câble et un autre port du commutateur ; cherchez une MTU fausse ou un pare-feu qui ignore TFTP (les réponses viennent d’un autre port que 69). Par HTTP, les pertes nuisent moins.",

  "seen.SECURE_BOOT": (p) => `Elle a chargé ${p.file} en entier et n’a plus rien demandé.`,
  "seen.SECURE_BOOT-on": (p) =>
    `Elle a chargé ${p.file} en entier et n’a plus rien demandé. Son Secure Boot est activé.`,
  "means.SECURE_BOOT":
    "shim ou le micrologiciel ne fait pas confiance à ce fichier : sa signature manque, n’est pas reconnue ou est révoquée (SBAT, dbx).",
  "means.SECURE_BOOT-shim":
    "Le micrologiciel ne fait pas confiance à ce fichier (Secure Boot), ou shim n’a pas pu charger GRUB du même endroit.",
  "means.SECURE_BOOT-ipxe": "iPXE n’est pas signé : un micrologiciel avec Secure Boot activé ne le lance pas.",
  "do.SECURE_BOOT":
    "Refaites le dossier avec `lifeboat media pxe`, pour que shim, GRUB et le noyau aillent ensemble ; activez la « third party UEFI CA » dans le micrologiciel (souvent désactivée sur les machines d’entreprise) ; ou désactivez Secure Boot et voyez si elle démarre.",
  "do.SECURE_BOOT-ipxe":
    "Offrez plutôt bootx64.efi (le shim signé de Debian, tel que `media pxe` le fait), ou désactivez Secure Boot.",

  "seen.KERNEL_NOT_ASKED": (p) => `Elle a chargé ${p.file} en entier et n’a jamais demandé de noyau.`,
  "seen.KERNEL_NOT_ASKED-runs": (p) =>
    `Elle a chargé ${p.file} en entier, a continué avec, et n’a jamais demandé de noyau.`,
  "seen.KERNEL_NOT_ASKED-menu": (p) => `Elle a choisi ${p.title} dans son menu et n’en a jamais demandé le noyau.`,
  "means.KERNEL_NOT_ASKED": "Le chargeur ne fonctionne pas, ou n’a pas de réseau lui-même.",
  "means.KERNEL_NOT_ASKED-runs":
    "Le chargeur fonctionne : il attend à son menu, ou ne trouve pas ce que nomme sa configuration.",
  "means.KERNEL_NOT_ASKED-menu": "Son chargeur s’est arrêté : il dit pourquoi sur l’écran de la machine.",
  "do.KERNEL_NOT_ASKED":
    "Regardez l’écran de la machine. Comparez l’adresse dans la configuration du chargeur (`media pxe --url`) à celle de ce serveur ; si iPXE ne connaît pas la carte réseau, qu’il utilise le pilote du micrologiciel (snponly.efi, undionly.kpxe).",
  "do.KERNEL_NOT_ASKED-menu": "Regardez l’écran de la machine.",

  "seen.WAITS_AT_MENU": (p) => `Elle montre le menu ${p.title}, et rien n’a été choisi.`,
  "means.WAITS_AT_MENU": "Elle attend quelqu’un à son clavier : le menu n’a pas de délai, ou quelqu’un l’a arrêté.",
  "do.WAITS_AT_MENU":
    "Choisissez à la machine, ou donnez au menu un `timeout` et un `default` dans le fichier de `--menu`.",
  "seen.menu-refused": (p) => `Elle a choisi ${p.title} dans son menu et a été refusée : ${p.reason}.`,
  "means.MENU_REFUSED": "L’entrée demande un nom et un mot de passe, et n’a reçu ceux d’aucun de ses utilisateurs.",
  "do.MENU_REFUSED":
    "Réessayez : après quelques erreurs il faut attendre, jusqu’à cinq minutes. `lifeboat pxe password` fait ce qui tient lieu de nouveau mot de passe dans le fichier de `--menu`.",

  "seen.RESCUE_NOT_UP": "Elle a chargé le noyau et son initramfs, puis plus rien.",
  "seen.RESCUE_NOT_UP-kernel": "Elle a chargé le noyau, aucun initramfs, puis plus rien.",
  "means.RESCUE_NOT_UP":
    "Le noyau ne fonctionne pas sur cette machine, n’a pas de pilote pour sa carte réseau, ou n’a pas reçu d’adresse une seconde fois. (Un système qui n’est pas de Lifeboat fonctionne peut-être : il ne dit rien.)",
  "means.RESCUE_NOT_UP-kernel": "Le chargeur s’est arrêté avant que l’initramfs soit là.",
  "do.RESCUE_NOT_UP":
    "Regardez l’écran de la machine. Une carte qui a besoin d’un micrologiciel veut un jeu sans `--no-firmware` ; un spanning tree qui ferme un port 30 secondes veut port fast.",

  "seen.TOO_LITTLE_MEMORY": (p) => `Elle a ${bytes(p.memory)} de mémoire, et le système de secours n’a pas démarré.`,
  "means.TOO_LITTLE_MEMORY": (p) =>
    `Tout ce qui est chargé du réseau est en mémoire : il faut au moins ${bytes(p.least)}, 2 GiB pour l’écran.`,
  "do.TOO_LITTLE_MEMORY": "Démarrez-la depuis une clé USB, qui en demande moins, ou ajoutez de la mémoire.",
  "means.TOO_LITTLE_MEMORY-menu":
    "Ce qui démarre du réseau est en mémoire, et celle-ci ne suffit pas ; rien n’a été chargé.",
  "do.TOO_LITTLE_MEMORY-menu":
    "Démarrez-la depuis une clé USB, qui en demande moins, ajoutez de la mémoire, ou corrigez `memory` de cette entrée dans le fichier de `--menu`.",

  "seen.machine-says": (p) => `La machine dit : ${p.text} (${p.code}).`,
  "means.MACHINE_PROBLEM": "Le système de secours a rencontré cela sur la machine même.",
  "do.MACHINE_PROBLEM": "Son écran ou sa ligne série en dit plus. docs/errors.md donne la liste des codes.",
};
