import { pluralOf } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";

export const plural = pluralOf<"one">(nlLocale);
