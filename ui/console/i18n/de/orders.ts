import type { OrderWords } from "#pxe/console/contract.ts";

export const orders: OrderWords = {
  "says.order": "Er hat seinen Auftrag.",
  "says.lost": "Er wurde jedes Mal ausgeschaltet oder kam nicht ans Ziel.",
  "says.looking": "Sucht das Image und den Datenträger",
  "says.begins": "Es beginnt",
  "says.stopped": "Jemand hat es angehalten.",
  "says.stopped-at-work":
    "Jemand hat es mitten in der Arbeit angehalten: Ein Datenträger, der gerade wiederhergestellt wurde, startet erst, wenn er erneut wiederhergestellt ist.",
  "says.other-job": "Jemand hat eine andere Aufgabe begonnen.",
  "says.decision": "Es braucht eine Entscheidung:",
  "says.no-disk": "es gibt keinen eingebauten Datenträger, auf den geschrieben werden könnte",
  "says.no-share": "Der Auftrag nennt keine Freigabe.",
};
