import type { SettingsState } from "#rescue/api/contract.ts";
import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { english, type Messages } from "#ui/i18n/en/index.ts";
import type { Teller } from "#ui/i18n/tell.ts";

export type LanguageCode = SettingsState["language"];

export interface Catalogue extends Teller {
  /** BCP 47. */
  readonly locale: string;
  readonly messages: Messages;
  readonly errors: ErrorTexts;
}

export interface Language {
  /** In itself, so that everybody finds their own. */
  readonly name: string;
  /** Fetched when it is chosen: only English is a part of the page's own script. */
  readonly load: () => Promise<Catalogue>;
}

export const languages: Readonly<Record<LanguageCode, Language>> = {
  en: { name: "English", load: async () => english },
  nl: { name: "Nederlands", load: async () => (await import("#ui/i18n/nl/index.ts")).dutch },
  ru: { name: "Русский", load: async () => (await import("#ui/i18n/ru/index.ts")).russian },
  de: { name: "Deutsch", load: async () => (await import("#ui/i18n/de/index.ts")).german },
  es: { name: "Español", load: async () => (await import("#ui/i18n/es/index.ts")).spanish },
  fr: { name: "Français", load: async () => (await import("#ui/i18n/fr/index.ts")).french },
  pt: { name: "Português", load: async () => (await import("#ui/i18n/pt/index.ts")).portuguese },
};

export const isLanguage = (code: string): code is LanguageCode => Object.hasOwn(languages, code);
