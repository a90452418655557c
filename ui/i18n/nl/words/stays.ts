import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(nlLocale);

/** What a clean-up of a repository leaves as it is. */
export const staysWords: SentencesOf<"stays"> = {
  "stays.in-use": (p) => `${p.point} blijft, omdat ${p.by} het gebruikt: bij de volgende ronde daarna verdwijnt het`,
  "stays.process": (p) => `een proces op ${p.host}`,
  "stays.damaged": (p) => `${p.pack} blijft zoals het is: ${p.what}`,
  "stays.record": (p) => `het record bij byte ${number(p.number)}: ${p.problem}`,
  "stays.no-room":
    "er is geen ruimte om pakken opnieuw te schrijven waarvan bijna niets meer nodig is: ze blijven zoals ze zijn",
};
