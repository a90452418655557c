import { signal } from "@preact/signals";
import type { Problem, Reason, Sentence } from "#pxe/console/contract.ts";
import { type ConsoleCatalogue, consoleLanguages } from "#ui/console/i18n/catalogues.ts";
import { type ConsoleMessages, english } from "#ui/console/i18n/en/index.ts";
import { describeProblem, speak } from "#ui/i18n/index.ts";
import { isLanguage } from "#ui/i18n/languages.ts";
import { tellIn } from "#ui/i18n/tell.ts";

/** The console's own texts. What the parts say themselves is the kiosk's catalogue: it is spoken with it. */
const current = signal<ConsoleCatalogue>(english);

/** As `speak`, for all texts of the console. @returns false when there is no such language */
export async function speakConsole(code: string): Promise<boolean> {
  const load =
    code === "xx"
      ? async () => (await import("#ui/console/i18n/pseudo.ts")).pseudo
      : isLanguage(code)
        ? consoleLanguages[code]
        : undefined;
  if (!load) return false;
  const catalogue = await load();
  if (!(await speak(code))) return false;
  current.value = catalogue;
  return true;
}

type Placeholders<M> = M extends (values: infer P) => string ? [values: P] : [];

export type ConsoleKey = keyof ConsoleMessages;
/** The keys of the messages without placeholders. */
export type PlainConsoleKey = { [K in ConsoleKey]: ConsoleMessages[K] extends string ? K : never }[ConsoleKey];

export function c<K extends ConsoleKey>(key: K, ...values: Placeholders<ConsoleMessages[K]>): string {
  const message: string | ((values: never) => string) = current.value.messages[key];
  return typeof message === "string" ? message : (message as (v: unknown) => string)(values[0]);
}

/** A message whose key comes from data ("audit.logIn"), or the data itself where the catalogue has none. */
export function cData(prefix: "audit" | "topic", value: string): string {
  const message = (current.value.messages as Readonly<Record<string, unknown>>)[`${prefix}.${value}`];
  return typeof message === "string" ? message : value;
}

/** What the server says, in the page's language; where that has no words for it, as it came, which is English. */
export function told(sentence: Sentence): { readonly text: string; readonly lang?: "en" } {
  const own = tellIn(current.value.words, sentence);
  return own === undefined ? { text: sentence.text, lang: "en" } : { text: own };
}

/** The console's words for a problem, and the server's, which are English, where it has none. */
export function problemWords(problem: Problem): Pick<Problem, "code" | "text" | "safe" | "next"> {
  const messages = current.value.messages as Readonly<Record<string, unknown>>;
  const said = (kind: "error" | "next"): string | undefined => {
    const message = messages[`${kind}.${problem.code}`];
    return typeof message === "function" ? String(message(toldDetails(problem))) : (message as string | undefined);
  };
  const text = said("error");
  if (text === undefined) return describeProblem(problem);
  return {
    ...{ code: problem.code, text, next: said("next") ?? problem.next },
    safe: problem.code === "SERVER_UNREACHABLE" ? c("unreachable.safe") : c("error.safe"),
  };
}

/** The console's words for why something failed; undefined: it has none, or not what they are made of. */
export function reasonWords({ code, text, details, detailsSaid }: Reason): string | undefined {
  if (details === undefined) return undefined;
  const problem: Problem = { code, text, safe: "", next: "", details, ...(detailsSaid && { said: detailsSaid }) };
  const message = (current.value.messages as Readonly<Record<string, unknown>>)[`failed.${code}`];
  const own = typeof message === "function" ? String(message(toldDetails(problem))) : problemWords(problem).text;
  return own === text ? undefined : own;
}

/** Details that are sentences themselves are in the language of the page. */
const toldDetails = ({ details, said = {} }: Problem): Problem["details"] => ({
  ...details,
  ...Object.fromEntries(
    Object.entries(said).map(([name, one]) => [name, told({ text: String(details[name]), said: one }).text]),
  ),
});
