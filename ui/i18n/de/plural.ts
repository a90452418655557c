import { deLocale } from "#ui/i18n/de/locale.ts";
import { pluralOf } from "#ui/i18n/format.ts";

export const plural = pluralOf<"one">(deLocale);
