import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { deployments } from "#ui/console/i18n/fr/deployments.ts";
import { doctor } from "#ui/console/i18n/fr/doctor.ts";
import { identities } from "#ui/console/i18n/fr/identities.ts";
import { machines } from "#ui/console/i18n/fr/machines.ts";
import { draft } from "#ui/console/i18n/fr/new.ts";
import { people } from "#ui/console/i18n/fr/people.ts";
import { problems } from "#ui/console/i18n/fr/problems.ts";
import { server } from "#ui/console/i18n/fr/server.ts";
import { shell } from "#ui/console/i18n/fr/shell.ts";
import { steps } from "#ui/console/i18n/fr/steps.ts";
import { timeline } from "#ui/console/i18n/fr/timeline.ts";
import { unsent } from "#ui/console/i18n/fr/unsent.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { saysWords } from "#ui/i18n/fr/words/says.ts";
import { staysWords } from "#ui/i18n/fr/words/stays.ts";
import { cameWords, goesWords } from "#ui/i18n/fr/words/work.ts";

export const french: ConsoleCatalogue = {
  locale: frLocale,
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
