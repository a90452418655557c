import { esLocale } from "#ui/i18n/es/locale.ts";
import { pluralOf } from "#ui/i18n/format.ts";

export const plural = pluralOf<"one" | "many">(esLocale);
