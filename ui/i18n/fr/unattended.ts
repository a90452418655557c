import type { unattended as en } from "#ui/i18n/en/unattended.ts";
import { plural } from "#ui/i18n/fr/plural.ts";

export const unattended: typeof en = {
  "unattended.none-title": "Rien ne se passe tout seul",
  "unattended.waiting-title": "Ce support restaure tout seul",
  "unattended.countdown-title": "Toutes les données de ce disque seront perdues",
  "unattended.running-title": "Restauration en cours",
  "unattended.stopped-title": "C’est arrêté. Rien n’a été écrit",
  "unattended.failed-title": "Cela n’a pas réussi",
  "unattended.done-title": "La restauration est terminée",
  "unattended.waits":
    "Elle commence quand tout est là, après un compte à rebours. Vous pouvez l’arrêter maintenant ou alors.",
  "unattended.begins": (p) =>
    plural(p.seconds, {
      one: "Elle commence dans # seconde. N’importe quelle touche l’arrête.",
      many: "Elle commence dans # de secondes. N’importe quelle touche l’arrête.",
      other: "Elle commence dans # secondes. N’importe quelle touche l’arrête.",
    }),
  "unattended.held": "Elle attend que vous la laissiez continuer.",
  "unattended.restarts": (p) =>
    plural(p.seconds, {
      one: "L’ordinateur redémarre dans # seconde.",
      many: "L’ordinateur redémarre dans # de secondes.",
      other: "L’ordinateur redémarre dans # secondes.",
    }),
  "unattended.shuts-down": (p) =>
    plural(p.seconds, {
      one: "L’ordinateur s’éteint dans # seconde.",
      many: "L’ordinateur s’éteint dans # de secondes.",
      other: "L’ordinateur s’éteint dans # secondes.",
    }),
  "unattended.by-hand": "Plus rien ne se passe tout seul. Vous pouvez continuer à la main.",
  "unattended.stop": "Arrêter",
  "unattended.hold": "Attendre",
  "unattended.go-on": "Continuer",
  "unattended.begin": "Commencer maintenant",
  "unattended.stay-on": "Laisser allumé",
  "unattended.leave": "Continuer à la main",
};
