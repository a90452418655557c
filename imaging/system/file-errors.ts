import { LifeboatError } from "#base/errors.ts";
import { errnoReason, isFull } from "#imaging/system/errno.ts";

/** For a file that could not be made. @returns CREATE_FAILED, or SPACE_EXHAUSTED where its medium is full */
export const createError = (file: string, cause: unknown): LifeboatError =>
  full(file, cause) ?? new LifeboatError("CREATE_FAILED", { file, reason: errnoReason(cause) }, { cause });

/** For a name that could not be given or changed. @returns RENAME_FAILED, or SPACE_EXHAUSTED as a folder can be full too */
export const renameError = (from: string, to: string, cause: unknown): LifeboatError =>
  full(to, cause) ?? new LifeboatError("RENAME_FAILED", { from, to, reason: errnoReason(cause) }, { cause });

/** @returns REMOVE_FAILED */
export const removeError = (file: string, cause: unknown): LifeboatError =>
  new LifeboatError("REMOVE_FAILED", { file, reason: errnoReason(cause) }, { cause });

const full = (file: string, cause: unknown): LifeboatError | undefined =>
  isFull(cause) ? new LifeboatError("SPACE_EXHAUSTED", { file }, { cause }) : undefined;
