import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { deployments } from "#ui/console/i18n/nl/deployments.ts";
import { doctor } from "#ui/console/i18n/nl/doctor.ts";
import { identities } from "#ui/console/i18n/nl/identities.ts";
import { machines } from "#ui/console/i18n/nl/machines.ts";
import { draft } from "#ui/console/i18n/nl/new.ts";
import { people } from "#ui/console/i18n/nl/people.ts";
import { problems } from "#ui/console/i18n/nl/problems.ts";
import { server } from "#ui/console/i18n/nl/server.ts";
import { shell } from "#ui/console/i18n/nl/shell.ts";
import { steps } from "#ui/console/i18n/nl/steps.ts";
import { timeline } from "#ui/console/i18n/nl/timeline.ts";
import { unsent } from "#ui/console/i18n/nl/unsent.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { saysWords } from "#ui/i18n/nl/words/says.ts";
import { staysWords } from "#ui/i18n/nl/words/stays.ts";
import { cameWords, goesWords } from "#ui/i18n/nl/words/work.ts";

export const dutch: ConsoleCatalogue = {
  locale: nlLocale,
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
