import type { settings as en } from "#ui/i18n/en/settings.ts";

export const settings: typeof en = {
  "settings.title": "Réglages",
  "settings.language": "Langue",
  "settings.language-lead": "Pour cet écran. Ce que vous avez tapé ou choisi reste.",
  "settings.keyboard": "Clavier",
  "settings.keyboard-layout": "Disposition",
  "settings.keyboard-use": "Utiliser cette disposition",
  "settings.keyboard-restarts": "L’écran s’assombrit quelques secondes. Un travail en cours continue.",
  "settings.keyboard-busy": "Changement…",
  "settings.keyboard-test": "Essayez ici",
  "settings.keyboard-hint":
    "Tapez les lettres et les signes d’un mot de passe pour voir ce que donnent les touches. Rien n’est conservé.",
  "settings.keyboard-remote":
    "Il se règle sur l’écran de l’ordinateur à secourir ; ici, c’est le clavier de cet ordinateur qui sert.",
  "settings.colours": "Couleurs",
  "theme.auto": "Selon cet ordinateur",
  "theme.light": "Claires",
  "theme.dark": "Sombres",
  "theme.contrast": "Contraste élevé",
  "settings.text-size": "Taille du texte",
  "settings.text-size-of": (p) => `${p.percent} de la taille habituelle`,
  "settings.about": "À propos de ce système",
  "settings.version": "Lifeboat",
  "settings.medium-age": "Paquets du",
  "settings.kept": "La langue et le clavier sont retenus sur la clé de secours, si l’on peut y écrire.",
};
