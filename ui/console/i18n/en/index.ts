import { deployments } from "#ui/console/i18n/en/deployments.ts";
import { machines } from "#ui/console/i18n/en/machines.ts";
import { draft } from "#ui/console/i18n/en/new.ts";
import { people } from "#ui/console/i18n/en/people.ts";
import { problems } from "#ui/console/i18n/en/problems.ts";
import { server } from "#ui/console/i18n/en/server.ts";
import { shell } from "#ui/console/i18n/en/shell.ts";
import { enLocale } from "#ui/i18n/en/locale.ts";

/** English, and the type of every other language: what the kiosk does not say already. Keys are `page.thing`; whole sentences only. */
const messages = { ...shell, ...problems, ...machines, ...deployments, ...draft, ...server, ...people };
export type ConsoleMessages = typeof messages;

export const english = { locale: enLocale, messages, words: {} };
