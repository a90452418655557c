import type { Problem } from "#rescue/api/contract.ts";
import { type ErrorText, en, enErrors, enLocale, type Messages } from "#ui/i18n/en.ts";
import { createFormat } from "#ui/i18n/format.ts";

export interface Language {
  /** BCP 47. */
  readonly locale: string;
  readonly messages: Messages;
  readonly errors: Readonly<Record<string, ErrorText>>;
}

/** The first is the default. Another language is one more entry here; its catalogue `satisfies Messages`. */
export const languages = [{ locale: enLocale, messages: en, errors: enErrors }] as const satisfies readonly Language[];

const language: Language = languages[0];
export const locale = language.locale;
export const format = createFormat(locale);

type Placeholders<M> = M extends (values: infer P) => string ? [values: P] : [];

export type MessageKey = keyof Messages;
/** The keys of the messages without placeholders. */
export type PlainKey = { [K in MessageKey]: Messages[K] extends string ? K : never }[MessageKey];

export function t<K extends MessageKey>(key: K, ...values: Placeholders<Messages[K]>): string {
  const message: string | ((values: never) => string) = language.messages[key];
  return typeof message === "string" ? message : (message as (v: unknown) => string)(values[0]);
}

/** A message whose key comes from data ("bus.nvme"), or the data itself where the catalogue has none. */
export function tData(prefix: "bus" | "mode", value: string): string {
  const message = (language.messages as Readonly<Record<string, unknown>>)[`${prefix}.${value}`];
  return typeof message === "string" ? message : value;
}

/** The catalogue's words for a problem, and the server's where the catalogue has none. */
export function describeProblem(problem: Problem): Pick<Problem, "code" | "text" | "safe" | "next"> {
  const own = language.errors[problem.code];
  // A refusal in a list comes without details: a text that is made of them would have holes.
  const usable = own?.text?.length === 0 || Object.keys(problem.details).length > 0;
  return {
    code: problem.code,
    text: (usable ? own?.text?.(problem.details) : undefined) ?? problem.text,
    safe: own?.safe ?? problem.safe,
    next: own?.next ?? problem.next,
  };
}
