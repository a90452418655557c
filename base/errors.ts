import { captureErrors } from "#base/errors/capture.ts";
import { deviceErrors } from "#base/errors/device.ts";
import { imageErrors } from "#base/errors/image.ts";
import { keyErrors } from "#base/errors/key.ts";
import { programErrors } from "#base/errors/program.ts";
import { requestErrors } from "#base/errors/request.ts";
import { restoreErrors } from "#base/errors/restore.ts";
import { structureErrors } from "#base/errors/structure.ts";

/** Every failure a user can meet. The code is the API and never changes; the text, in base/errors/SUBJECT.ts, may. */
const catalogue = {
  ...requestErrors,
  ...programErrors,
  ...deviceErrors,
  ...structureErrors,
  ...imageErrors,
  ...keyErrors,
  ...captureErrors,
  ...restoreErrors,
} as const;

export type ErrorCode = keyof typeof catalogue;
export type ErrorDetails<C extends ErrorCode> = Parameters<(typeof catalogue)[C]["text"]>[0];

export class LifeboatError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "LifeboatError";
  readonly code: C;
  readonly details: ErrorDetails<C>;

  constructor(code: C, details: ErrorDetails<C>, options?: ErrorOptions) {
    super(`${code}: ${(catalogue[code].text as (d: ErrorDetails<C>) => string)(details)}`, options);
    this.code = code;
    this.details = details;
  }

  /** The message without its code, for a place that shows the code elsewhere or not at all. */
  get text(): string {
    return this.message.slice(`${this.code}: `.length);
  }
  get httpStatus(): number {
    return catalogue[this.code].http;
  }
  get exitStatus(): number {
    return catalogue[this.code].exit;
  }
  /** What state things are in now. */
  get safe(): string {
    return catalogue[this.code].safe;
  }
  /** What the user can do next. */
  get next(): string {
    return catalogue[this.code].next;
  }
}

export const errorCodes = Object.keys(catalogue) as ErrorCode[];

/** The rows of docs/errors.md. */
export const errorTable = (): { code: ErrorCode; exit: number; http: number; safe: string; next: string }[] =>
  errorCodes.map((code) => {
    const { exit, http, safe, next } = catalogue[code];
    return { code, exit, http, safe, next };
  });

export const isLifeboatError = <C extends ErrorCode>(error: unknown, code?: C): error is LifeboatError<C> =>
  error instanceof LifeboatError && (code === undefined || error.code === code);
