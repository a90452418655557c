import { LifeboatError } from "#base/errors.ts";
import { asDetail, type Sentence } from "#base/sentence.ts";

export const editInvalid = (problem: string | Sentence): LifeboatError =>
  typeof problem === "string"
    ? new LifeboatError("EDIT_INVALID", { problem })
    : new LifeboatError("EDIT_INVALID", { problem: problem.text }, asDetail("problem", problem));
