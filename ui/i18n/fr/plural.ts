import { pluralOf } from "#ui/i18n/format.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";

export const plural = pluralOf<"one" | "many">(frLocale);
