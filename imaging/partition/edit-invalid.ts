import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";

export const editInvalid = (problem: string | Sentence): LifeboatError => {
  if (typeof problem === "string") return new LifeboatError("EDIT_INVALID", { problem });
  const { text, said } = problem;
  return new LifeboatError("EDIT_INVALID", { problem: text }, said && { said: { problem: said } });
};
