import type { OrderWords } from "#pxe/console/contract.ts";

export const orders: OrderWords = {
  "says.order": "Elle a son ordre.",
  "says.lost": "Elle a été éteinte ou s’est perdue chaque fois.",
  "says.looking": "Cherche l’image et le disque",
  "says.begins": "Cela commence",
  "says.stopped": "Quelqu’un l’a arrêté.",
  "says.stopped-at-work":
    "Quelqu’un l’a arrêté en plein travail : un disque en cours de restauration ne démarre pas avant d’être restauré de nouveau.",
  "says.other-job": "Quelqu’un a commencé une autre tâche.",
  "says.decision": "Il faut une décision :",
  "says.no-disk": "il n’y a aucun disque interne sur lequel on puisse écrire",
  "says.no-share": "L’ordre n’indique aucun partage.",
};
