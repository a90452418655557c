import { enLocale } from "#ui/i18n/en/locale.ts";
import { pluralOf } from "#ui/i18n/format.ts";

export const plural = pluralOf<"one">(enLocale);
