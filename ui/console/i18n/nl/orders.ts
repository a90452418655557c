import type { OrderWords } from "#pxe/console/contract.ts";

export const orders: OrderWords = {
  "says.order": "Zij heeft haar opdracht.",
  "says.lost": "Zij is elke keer uitgezet of de weg kwijtgeraakt.",
  "says.looking": "Zoekt het image en de schijf",
  "says.begins": "Het begint",
  "says.stopped": "Iemand heeft het gestopt.",
  "says.stopped-at-work":
    "Iemand heeft het tijdens het werk gestopt: een schijf die werd teruggezet, start pas als zij opnieuw is teruggezet.",
  "says.other-job": "Iemand is een andere taak begonnen.",
  "says.decision": "Er is een beslissing nodig:",
  "says.no-disk": "er is geen vaste schijf waarop geschreven kan worden",
  "says.no-share": "De opdracht noemt geen share.",
};
