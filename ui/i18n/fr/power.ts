import type { power as en } from "#ui/i18n/en/power.ts";

export const power: typeof en = {
  "power.button": "Arrêt",
  "power.restart": "Redémarrer",
  "power.shut-down": "Éteindre",
  "power.title": "Redémarrer ou éteindre ?",
  "power.text":
    "Retirez la clé ou le disque de secours quand l’écran s’assombrit, pour que l’ordinateur démarre depuis son propre disque.",
  "power.running": "Un travail est en cours. Arrêtez-le d’abord : sinon son disque ne démarrerait pas.",
  "power.show-job": "Afficher le travail",
  "power.restarting": "L’ordinateur redémarre…",
  "power.shutting-down": "L’ordinateur s’éteint…",
};
