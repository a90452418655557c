import type { terminal as en } from "#ui/i18n/en/terminal.ts";

export const terminal: typeof en = {
  "terminal.title": "Terminal",
  "terminal.lead":
    "Un interpréteur de commandes sur l’ordinateur de secours, avec tous les droits. F6 en sort ; il se termine quand vous quittez cette page.",
  "terminal.enter": "Entrer dans le terminal",
  "terminal.left": "Vous êtes sorti du terminal. Le bouton « Entrer dans le terminal » y ramène.",
  "terminal.input": "Saisie du terminal, F6 en sort",
  "terminal.copy": "Copier",
  "terminal.paste": "Coller",
  "terminal.smaller": "Texte plus petit",
  "terminal.larger": "Texte plus grand",
  "terminal.reader": "Pour lecteurs d’écran",
  "terminal.again": "Nouveau terminal",
  "terminal.ended": "L’interpréteur s’est terminé",
  "terminal.too-many": "Il y a déjà autant de terminaux ouverts que possible : fermez-en un d’abord",
  "terminal.failed": "Aucun terminal n’a pu être ouvert",
  "terminal.lost": "La connexion au programme de secours est perdue, et l’interpréteur s’est terminé",
};
