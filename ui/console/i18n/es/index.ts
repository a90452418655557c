import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { deployments } from "#ui/console/i18n/es/deployments.ts";
import { doctor } from "#ui/console/i18n/es/doctor.ts";
import { identities } from "#ui/console/i18n/es/identities.ts";
import { machines } from "#ui/console/i18n/es/machines.ts";
import { draft } from "#ui/console/i18n/es/new.ts";
import { people } from "#ui/console/i18n/es/people.ts";
import { problems } from "#ui/console/i18n/es/problems.ts";
import { server } from "#ui/console/i18n/es/server.ts";
import { shell } from "#ui/console/i18n/es/shell.ts";
import { steps } from "#ui/console/i18n/es/steps.ts";
import { timeline } from "#ui/console/i18n/es/timeline.ts";
import { unsent } from "#ui/console/i18n/es/unsent.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { saysWords } from "#ui/i18n/es/words/says.ts";
import { staysWords } from "#ui/i18n/es/words/stays.ts";
import { cameWords, goesWords } from "#ui/i18n/es/words/work.ts";

export const spanish: ConsoleCatalogue = {
  locale: esLocale,
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
