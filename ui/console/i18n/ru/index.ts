import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { deployments } from "#ui/console/i18n/ru/deployments.ts";
import { doctor } from "#ui/console/i18n/ru/doctor.ts";
import { identities } from "#ui/console/i18n/ru/identities.ts";
import { machines } from "#ui/console/i18n/ru/machines.ts";
import { draft } from "#ui/console/i18n/ru/new.ts";
import { people } from "#ui/console/i18n/ru/people.ts";
import { problems } from "#ui/console/i18n/ru/problems.ts";
import { server } from "#ui/console/i18n/ru/server.ts";
import { shell } from "#ui/console/i18n/ru/shell.ts";
import { steps } from "#ui/console/i18n/ru/steps.ts";
import { timeline } from "#ui/console/i18n/ru/timeline.ts";
import { unsent } from "#ui/console/i18n/ru/unsent.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { saysWords } from "#ui/i18n/ru/words/says.ts";
import { staysWords } from "#ui/i18n/ru/words/stays.ts";
import { cameWords, goesWords } from "#ui/i18n/ru/words/work.ts";

export const russian: ConsoleCatalogue = {
  locale: ruLocale,
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
