import { plural } from "#ui/i18n/de/plural.ts";
import type { unattended as en } from "#ui/i18n/en/unattended.ts";

export const unattended: typeof en = {
  "unattended.none-title": "Von selbst geschieht nichts",
  "unattended.waiting-title": "Dieses Medium stellt von selbst wieder her",
  "unattended.countdown-title": "Alle Daten auf diesem Datenträger gehen verloren",
  "unattended.running-title": "Wiederherstellung läuft",
  "unattended.stopped-title": "Es wurde angehalten. Es wurde nichts geschrieben",
  "unattended.failed-title": "Es ist nicht gelungen",
  "unattended.done-title": "Die Wiederherstellung ist fertig",
  "unattended.waits": "Es beginnt, wenn alles da ist, nach einem Countdown. Sie können es jetzt oder dann anhalten.",
  "unattended.begins": (p) =>
    plural(p.seconds, {
      one: "Es beginnt in # Sekunde. Jede Taste hält es an.",
      other: "Es beginnt in # Sekunden. Jede Taste hält es an.",
    }),
  "unattended.held": "Es wartet, bis Sie es weitergehen lassen.",
  "unattended.restarts": (p) =>
    plural(p.seconds, {
      one: "Der Computer startet in # Sekunde neu.",
      other: "Der Computer startet in # Sekunden neu.",
    }),
  "unattended.shuts-down": (p) =>
    plural(p.seconds, {
      one: "Der Computer schaltet sich in # Sekunde aus.",
      other: "Der Computer schaltet sich in # Sekunden aus.",
    }),
  "unattended.by-hand": "Von selbst geschieht nichts mehr. Sie können von Hand weitermachen.",
  "unattended.stop": "Anhalten",
  "unattended.hold": "Warten",
  "unattended.go-on": "Weitermachen",
  "unattended.begin": "Jetzt beginnen",
  "unattended.stay-on": "Eingeschaltet lassen",
  "unattended.leave": "Von Hand weitermachen",
};
