import { pluralOf } from "#ui/i18n/format.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";

export const plural = pluralOf<"one" | "few" | "many">(ruLocale);
