import * as z from "zod";
import { Said } from "#base/sentence.ts";

/** One row of the contract. `:name` parts of a path are parameters. */
export const route = <M extends "GET" | "POST", P extends string, B extends z.ZodType, R extends z.ZodType>(
  method: M,
  path: P,
  body: B,
  reply: R,
) => ({ method, path, body, reply });

/** How a server of ours says that a request was refused or went wrong; the status is that of its code (docs/errors.md). */
export const Problem = z.object({
  code: z.string(),
  text: z.string(),
  /** What state things are in now. */
  safe: z.string(),
  /** What to do next. */
  next: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Of details that are sentences, by their names: a page says these in its language too. */
  said: z.record(z.string(), Said).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What a list shows beside an entry: code and sentence, and what the sentence is made of. */
export const Reason = Problem.pick({ code: true, text: true }).extend({
  details: Problem.shape.details.optional(),
  /** `said` of a problem: in a list of warnings that word is the sentence's own. */
  detailsSaid: Problem.shape.said,
});
export type Reason = z.infer<typeof Reason>;

/** The same as a sentence. */
export const ToldReason = Reason.extend({ said: Said.optional() });

export const Empty = z.strictObject({});
