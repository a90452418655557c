import type {
  DoctorWords,
  IdentityWords,
  OrderWords,
  StaysWords,
  StepWords,
  TimelineWords,
  UnsentWords,
} from "#pxe/console/contract.ts";
import { type ConsoleMessages, english } from "#ui/console/i18n/en/index.ts";
import type { LanguageCode } from "#ui/i18n/languages.ts";

type ServerWords = DoctorWords & TimelineWords & IdentityWords & OrderWords & StepWords & UnsentWords & StaysWords;

export interface ConsoleCatalogue {
  /** BCP 47. */
  readonly locale: string;
  readonly messages: ConsoleMessages;
  /** What the server says: all of it, or nothing where that is English already. */
  readonly words: ServerWords | Record<string, never>;
}

/** Fetched when it is chosen: only English is a part of the page's own script. */
export const consoleLanguages: Readonly<Record<LanguageCode, () => Promise<ConsoleCatalogue>>> = {
  en: async () => english,
  nl: async () => (await import("#ui/console/i18n/nl/index.ts")).dutch,
  ru: async () => (await import("#ui/console/i18n/ru/index.ts")).russian,
  de: async () => (await import("#ui/console/i18n/de/index.ts")).german,
  es: async () => (await import("#ui/console/i18n/es/index.ts")).spanish,
  fr: async () => (await import("#ui/console/i18n/fr/index.ts")).french,
  pt: async () => (await import("#ui/console/i18n/pt/index.ts")).portuguese,
};
