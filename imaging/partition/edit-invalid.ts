import { LifeboatError } from "#base/errors.ts";

export const editInvalid = (problem: string): LifeboatError => new LifeboatError("EDIT_INVALID", { problem });
