import { pluralOf } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";

export const plural = pluralOf<"one" | "many">(ptLocale);
