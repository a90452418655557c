import type { unattended as en } from "#ui/i18n/en/unattended.ts";
import { plural } from "#ui/i18n/nl/plural.ts";

export const unattended: typeof en = {
  "unattended.none-title": "Er gebeurt niets vanzelf",
  "unattended.waiting-title": "Dit medium zet vanzelf terug",
  "unattended.countdown-title": "Alle gegevens op deze schijf gaan verloren",
  "unattended.running-title": "Bezig met terugzetten",
  "unattended.stopped-title": "Het is gestopt. Er is niets geschreven",
  "unattended.failed-title": "Het is niet gelukt",
  "unattended.done-title": "Het terugzetten is klaar",
  "unattended.waits": "Het begint wanneer alles er is, na het aftellen. U kunt het nu of dan stoppen.",
  "unattended.begins": (p) =>
    plural(p.seconds, {
      one: "Het begint over # seconde. Elke toets stopt het.",
      other: "Het begint over # seconden. Elke toets stopt het.",
    }),
  "unattended.held": "Het wacht tot u het laat doorgaan.",
  "unattended.restarts": (p) =>
    plural(p.seconds, {
      one: "De computer start over # seconde opnieuw.",
      other: "De computer start over # seconden opnieuw.",
    }),
  "unattended.shuts-down": (p) =>
    plural(p.seconds, { one: "De computer gaat over # seconde uit.", other: "De computer gaat over # seconden uit." }),
  "unattended.by-hand": "Er gebeurt verder niets vanzelf. U kunt met de hand verdergaan.",
  "unattended.stop": "Stoppen",
  "unattended.hold": "Wachten",
  "unattended.go-on": "Doorgaan",
  "unattended.begin": "Nu beginnen",
  "unattended.stay-on": "Aan laten",
  "unattended.leave": "Met de hand verder",
};
