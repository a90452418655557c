import { LifeboatError } from "#base/errors.ts";
import { asDetail } from "#base/sentence.ts";
import { hear } from "#imaging/words/hear.ts";

export const tableDamaged = (device: string, table: "GPT" | "MBR", problem: string): LifeboatError =>
  new LifeboatError("TABLE_DAMAGED", { device, table, problem }, asDetail("problem", hear(problem)));
