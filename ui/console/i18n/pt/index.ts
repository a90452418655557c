import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { deployments } from "#ui/console/i18n/pt/deployments.ts";
import { doctor } from "#ui/console/i18n/pt/doctor.ts";
import { identities } from "#ui/console/i18n/pt/identities.ts";
import { machines } from "#ui/console/i18n/pt/machines.ts";
import { draft } from "#ui/console/i18n/pt/new.ts";
import { people } from "#ui/console/i18n/pt/people.ts";
import { problems } from "#ui/console/i18n/pt/problems.ts";
import { server } from "#ui/console/i18n/pt/server.ts";
import { shell } from "#ui/console/i18n/pt/shell.ts";
import { steps } from "#ui/console/i18n/pt/steps.ts";
import { timeline } from "#ui/console/i18n/pt/timeline.ts";
import { unsent } from "#ui/console/i18n/pt/unsent.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { saysWords } from "#ui/i18n/pt/words/says.ts";
import { staysWords } from "#ui/i18n/pt/words/stays.ts";
import { cameWords, goesWords } from "#ui/i18n/pt/words/work.ts";

export const portuguese: ConsoleCatalogue = {
  locale: ptLocale,
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
