import type { TimelineWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";

const { list } = createFormat(frLocale);

export const timeline: TimelineWords = {
  "why.unknown-architecture": "architecture inconnue",
  "why.no-file": "aucun fichier pour cette architecture",
  "why.too-long": "la réponse ne tient pas dans son message",
  "why.not-approved": "non admise",
  "why.refused": "refusée",
  "why.own-disk": "elle démarre depuis son disque",

  "why.other-network": "l’adresse est d’un autre réseau",
  "why.reserved": "une autre adresse est réservée à cette machine",
  "why.not-free": "l’adresse n’est pas libre",
  "why.not-given": "l’adresse n’est pas attribuée ici",
  "why.conflict": (p) => `un autre ordinateur (${p.user}) utilise ${p.address}`,
  "why.declined": (p) => `elle dit qu’un autre ordinateur utilise ${p.address}`,
  "why.none-free": (p) => `aucune n’est libre dans ${p.subnet}`,
  "why.relay": "le relais n’est dans aucun réseau connu ici",

  "why.password": "mot de passe faux",
  "why.passwords": "trop de mots de passe faux",
  "why.memory": "trop peu de mémoire",

  "why.missing": "ce fichier n’existe pas",
  "why.forbidden": "ce fichier n’est pas servi",
  "why.read-only": "rien ne peut être écrit ici",
  "why.no-transfer": "aucun transfert n’est en cours ici",
  "why.binary": "seuls les transferts binaires (mode octet) sont servis",
  "why.replaced": "un autre fichier a été demandé",
  "why.stopping": "le serveur est en train de s’arrêter",
  "why.gone": "plus personne n’écoute au port de la machine",
  "why.broke": "la connexion s’est interrompue",
  "why.status": (p) => `statut HTTP ${p.status}`,
  "how.both": (p) => `${p.how} (${p.reason})`,
  "how.aborted": "interrompu",
  "how.no-answer": "pas de réponse",
  "how.gone": "partie",
  "how.replaced": "remplacé",
  "how.failed": "échoué",
  "how.stopped": "arrêté",

  "told.packet": (p) => `un signal de réveil a été envoyé depuis ${p.address}`,
  "told.turn": "c’est son tour dans un déploiement",
  "told.order": (p) => `elle a son ordre de ${p.name}, fois nº ${p.number}`,
  "told.contested": "un autre ordinateur demande ses ordres",
  "told.contested-key": "un autre ordinateur qui se dit cette machine demande ses ordres",
  "told.restore-begun": "une restauration a commencé",
  "told.restore-done": "une restauration s’est bien terminée",
  "told.restore-failed": "une restauration a échoué",
  "told.stopped": "elle ne fait rien d’elle-même : la machine dit pourquoi",

  "told.card": (p) => `elle a une autre carte réseau : ${p.mac}`,
  "told.card-gone": (p) => `sa carte réseau ${p.mac} est maintenant dans une autre machine`,
  "told.card-came": (p) => `la carte réseau ${p.mac} vient d’une autre machine`,
  "told.twin-card": (p) => `${p.mac} est une autre machine avec le même UUID`,
  "told.twin": "une autre machine a le même UUID : cartes réseau et numéros de série les distinguent",
  "told.merged": (p) => `ce qui était noté comme deux machines n’en est qu’une : ${list(p.macs)} s’y ajoute`,
  "told.other-dhcp": (p) => `un autre serveur DHCP donne des adresses ici : ${p.server}`,
  "told.interface-lost": (p) => `plus rien n’est proposé sur ${p.interface} (${p.address}) : ${p.reason}`,
  "lost.gone": "la carte réseau a disparu",
  "lost.renewed": "la carte réseau a été retirée puis remise",
  "lost.taken": "une autre carte réseau a maintenant son adresse",
  "lost.address": "elle a perdu son adresse",
};
