import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { deployments } from "#ui/console/i18n/de/deployments.ts";
import { doctor } from "#ui/console/i18n/de/doctor.ts";
import { identities } from "#ui/console/i18n/de/identities.ts";
import { machines } from "#ui/console/i18n/de/machines.ts";
import { draft } from "#ui/console/i18n/de/new.ts";
import { people } from "#ui/console/i18n/de/people.ts";
import { problems } from "#ui/console/i18n/de/problems.ts";
import { server } from "#ui/console/i18n/de/server.ts";
import { shell } from "#ui/console/i18n/de/shell.ts";
import { steps } from "#ui/console/i18n/de/steps.ts";
import { timeline } from "#ui/console/i18n/de/timeline.ts";
import { unsent } from "#ui/console/i18n/de/unsent.ts";
import { deLocale } from "#ui/i18n/de/locale.ts";
import { saysWords } from "#ui/i18n/de/words/says.ts";
import { staysWords } from "#ui/i18n/de/words/stays.ts";
import { cameWords, goesWords } from "#ui/i18n/de/words/work.ts";

export const german: ConsoleCatalogue = {
  locale: deLocale,
  messages: { ...shell, ...problems, ...machines, ...deployments, ...draft, ...server, ...people },
  words: {
    ...doctor,
    ...timeline,
    ...identities,
    ...saysWords,
    ...goesWords,
    ...cameWords,
    ...staysWords,
    ...steps,
    ...unsent,
  },
};
