import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { Problem, Reason } from "./contract.ts";

/** Errors of the catalogue as they are; anything else is a fault of ours, and says so. */
export const asLifeboatError = (error: unknown): LifeboatError =>
  isLifeboatError(error)
    ? error
    : new LifeboatError("INTERNAL", { problem: error instanceof Error ? error.message : String(error) });

/** An error as the API sends it. The code has its own field, so the sentence goes without it. */
export function problemOf(error: unknown): Problem {
  const { code, message, safe, next, details, said } = asLifeboatError(error);
  return {
    ...{ code, text: message.slice(code.length + 2), safe, next, details: { ...details } },
    ...(Object.keys(said).length > 0 && { said }),
  };
}

/** Without what is safe and what comes next: what a list shows beside an entry. */
export function reasonOf(error: unknown): Reason {
  const { code, text, details, said } = problemOf(error);
  return { code, text, ...(Object.keys(details).length > 0 && { details }), ...(said && { detailsSaid: said }) };
}
