import { LifeboatError } from "#base/errors.ts";
import { asDetail, type Sentence } from "#base/sentence.ts";

/** @param problem a text where only a wrong request, or a mistake of ours, leads to it */
export const layoutInvalid = (problem: string | Sentence): LifeboatError =>
  typeof problem === "string"
    ? new LifeboatError("LAYOUT_INVALID", { problem })
    : new LifeboatError("LAYOUT_INVALID", { problem: problem.text }, asDetail("problem", problem));
