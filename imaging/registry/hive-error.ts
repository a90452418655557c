import { LifeboatError } from "#base/errors.ts";
import { asDetail, type Sentence } from "#base/sentence.ts";

type Code = "NOT_A_HIVE" | "HIVE_UNSUPPORTED" | "HIVE_DIRTY" | "NOT_A_BCD";

/** Why a hive cannot be read: the problem is told in the language of a page, too. */
export const hiveError = (code: Code, file: string, problem: Sentence): LifeboatError =>
  new LifeboatError(code, { file, problem: problem.text }, asDetail("problem", problem));

/** @param offset in the file */
export const hiveDamaged = (file: string, offset: number, problem: Sentence): LifeboatError =>
  new LifeboatError("HIVE_DAMAGED", { file, offset, problem: problem.text }, asDetail("problem", problem));
