import { bootWords } from "#ui/i18n/de/words/boot.ts";
import type { SystemSentences } from "#ui/i18n/tell.ts";

/** What the engine says of what is done inside of systems. */
export const systemWords: SystemSentences = { ...bootWords };
