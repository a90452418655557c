import { computed, signal } from "@preact/signals";
import type { Problem, Reason, Said, Sentence } from "#rescue/api/contract.ts";
import type { ErrorText } from "#ui/i18n/en/errors.ts";
import { english, type Messages } from "#ui/i18n/en/index.ts";
import { createFormat, type Format } from "#ui/i18n/format.ts";
import { type Catalogue, isLanguage, type LanguageCode, languages } from "#ui/i18n/languages.ts";

const current = signal<{ readonly code: string; readonly catalogue: Catalogue }>({ code: "en", catalogue: english });

/** Of the texts that are shown: what reads it is drawn anew when another language is chosen. */
export const language = computed(() => current.value.code);

/**
 * Shows everything in another language; what was typed and chosen stays. "xx" is a language for tests that nobody speaks: longer,
 * with accents, and in brackets.
 * @returns false when there is no such language
 */
export async function speak(code: string): Promise<boolean> {
  const load = code === "xx" ? async () => (await import("#ui/i18n/pseudo.ts")).pseudo : own(code)?.load;
  if (!load) return false;
  const catalogue = await load();
  current.value = { code, catalogue };
  document.documentElement.lang = catalogue.locale;
  // Where the rest does not come, it is English, and marked as that.
  catalogue.complete?.().then(
    () => {
      if (current.value.catalogue === catalogue) current.value = { code, catalogue };
    },
    () => {},
  );
  return true;
}

const own = (code: string) => (isLanguage(code) ? languages[code] : undefined);

/** The first of these that there is a catalogue for: "pt-BR" is served by "pt". */
export function firstKnown(wishes: readonly string[]): LanguageCode | undefined {
  return wishes.map((wish) => wish.split("-")[0] ?? "").find(isLanguage);
}

const formatNow = computed(() => createFormat(current.value.catalogue.locale));
const following = <K extends keyof Format>(name: K): Format[K] =>
  ((...args: never[]) => (formatNow.value[name] as (...args: never[]) => string)(...args)) as Format[K];

/** As the people write it in whose language the page is. */
export const format: Format = {
  ...{
    number: following("number"),
    bytes: following("bytes"),
    place: following("place"),
    diskSize: following("diskSize"),
  },
  ...{ rate: following("rate"), percent: following("percent"), dateTime: following("dateTime") },
  ...{ time: following("time"), date: following("date") },
  ...{ duration: following("duration"), estimate: following("estimate"), list: following("list") },
  plural: following("plural"),
};

type Placeholders<M> = M extends (values: infer P) => string ? [values: P] : [];

export type MessageKey = keyof Messages;
/** The keys of the messages without placeholders. */
export type PlainKey = { [K in MessageKey]: Messages[K] extends string ? K : never }[MessageKey];

export function t<K extends MessageKey>(key: K, ...values: Placeholders<Messages[K]>): string {
  const message: string | ((values: never) => string) = current.value.catalogue.messages[key];
  return typeof message === "string" ? message : (message as (v: unknown) => string)(values[0]);
}

/** A message whose key comes from data ("bus.nvme"), or the data itself where the catalogue has none. */
export function tData(prefix: "bus" | "mode" | "phase", value: string): string {
  const message = (current.value.catalogue.messages as Readonly<Record<string, unknown>>)[`${prefix}.${value}`];
  return typeof message === "string" ? message : value;
}

/** What the server says. @returns undefined where the language has no words for it */
export const tell = (sentence: Sentence): string | undefined => current.value.catalogue.tell(sentence);

/** The name of something: one that somebody gave it has no words, and is in no language. */
export const tellName = (text: string, said: Said | undefined): string => tell({ text, said }) ?? text;

/** The same of what a list says beside an entry. */
export const describeReason = ({ code, text, details = {}, detailsSaid: said }: Reason): string =>
  describeProblem({ code, text, safe: "", next: "", details, said }).text;

/** The catalogue's words for a problem, and the server's where the catalogue has none. */
export function describeProblem(problem: Problem): Pick<Problem, "code" | "text" | "safe" | "next"> {
  const own = (current.value.catalogue.errors as Readonly<Record<string, ErrorText>>)[problem.code];
  // A refusal in a list comes without details: a text that is made of them would have holes.
  const usable = own?.text?.length === 0 || Object.keys(problem.details).length > 0;
  return {
    code: problem.code,
    text: (usable ? own?.text?.(toldDetails(problem)) : undefined) ?? problem.text,
    safe: own?.safe ?? problem.safe,
    next: own?.next ?? problem.next,
  };
}

/** Details that are sentences themselves are in the language of the page. */
function toldDetails({ details, said = {} }: Problem): Problem["details"] {
  const told = Object.entries(said).map(([name, one]) => {
    const text = String(details[name]);
    return [name, tell({ text, said: one }) ?? text];
  });
  return { ...details, ...Object.fromEntries(told) };
}
