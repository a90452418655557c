import type { ConsoleCatalogue } from "#ui/console/i18n/catalogues.ts";
import { english } from "#ui/console/i18n/en/index.ts";
import { pseudoTexts } from "#ui/i18n/pseudo.ts";

export const pseudo: ConsoleCatalogue = { locale: "en-XA", messages: pseudoTexts(english.messages), words: {} };
