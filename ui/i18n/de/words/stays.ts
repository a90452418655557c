import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(deLocale);

/** What a clean-up of a repository leaves as it is. */
export const staysWords: SentencesOf<"stays"> = {
  "stays.in-use": (p) => `${p.point} bleibt, weil ${p.by} darauf zugreift: Beim nächsten Lauf danach verschwindet er`,
  "stays.process": (p) => `ein Prozess auf ${p.host}`,
  "stays.damaged": (p) => `${p.pack} bleibt, wie es ist: ${p.what}`,
  "stays.record": (p) => `der Datensatz bei Byte ${number(p.number)}: ${p.problem}`,
  "stays.no-room":
    "es ist kein Platz, um Pakete neu zu schreiben, die kaum noch gebraucht werden: Sie bleiben, wie sie sind",
};
