import { bootErrors } from "#base/errors/boot.ts";
import { bucketErrors } from "#base/errors/bucket.ts";
import { captureErrors } from "#base/errors/capture.ts";
import { deploymentErrors } from "#base/errors/deployment.ts";
import { deviceErrors } from "#base/errors/device.ts";
import { exploreErrors } from "#base/errors/explore.ts";
import { hiveErrors } from "#base/errors/hive.ts";
import { imageErrors } from "#base/errors/image.ts";
import { keyErrors } from "#base/errors/key.ts";
import { layoutErrors } from "#base/errors/layout.ts";
import { machineErrors } from "#base/errors/machine.ts";
import { mediaErrors } from "#base/errors/media.ts";
import { networkErrors } from "#base/errors/network.ts";
import { programErrors } from "#base/errors/program.ts";
import { proveErrors } from "#base/errors/prove.ts";
import { pxeErrors } from "#base/errors/pxe.ts";
import { remoteErrors } from "#base/errors/remote.ts";
import { remoteAccessErrors } from "#base/errors/remote-access.ts";
import { repositoryErrors } from "#base/errors/repository.ts";
import { requestErrors } from "#base/errors/request.ts";
import { resizeErrors } from "#base/errors/resize.ts";
import { restoreErrors } from "#base/errors/restore.ts";
import { serverErrors } from "#base/errors/server.ts";
import { shareErrors } from "#base/errors/share.ts";
import { stickErrors } from "#base/errors/stick.ts";
import { structureErrors } from "#base/errors/structure.ts";
import { undoErrors } from "#base/errors/undo.ts";
import { windowsErrors } from "#base/errors/windows.ts";
import { winpeErrors } from "#base/errors/winpe.ts";
import type { Said } from "#base/sentence.ts";

/** Every failure a user can meet. The code is the API and never changes; the text, in base/errors/SUBJECT.ts, may. */
const catalogue = {
  ...requestErrors,
  ...programErrors,
  ...deviceErrors,
  ...structureErrors,
  ...hiveErrors,
  ...layoutErrors,
  ...imageErrors,
  ...keyErrors,
  ...repositoryErrors,
  ...bucketErrors,
  ...captureErrors,
  ...restoreErrors,
  ...resizeErrors,
  ...exploreErrors,
  ...undoErrors,
  ...remoteErrors,
  ...machineErrors,
  ...networkErrors,
  ...remoteAccessErrors,
  ...shareErrors,
  ...bootErrors,
  ...windowsErrors,
  ...winpeErrors,
  ...proveErrors,
  ...mediaErrors,
  ...stickErrors,
  ...pxeErrors,
  ...deploymentErrors,
  ...serverErrors,
} as const;

export type ErrorCode = keyof typeof catalogue;
export type ErrorDetails<C extends ErrorCode> = Parameters<(typeof catalogue)[C]["text"]>[0];

export class LifeboatError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "LifeboatError";
  readonly code: C;
  readonly details: ErrorDetails<C>;
  /** Of details that are sentences, by their names. */
  readonly said: Readonly<Record<string, Said>>;

  constructor(
    code: C,
    details: ErrorDetails<C>,
    { said = {}, ...options }: ErrorOptions & { readonly said?: Readonly<Record<string, Said>> } = {},
  ) {
    super(`${code}: ${(catalogue[code].text as (d: ErrorDetails<C>) => string)(details)}`, options);
    this.code = code;
    this.details = details;
    this.said = said;
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
