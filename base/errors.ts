import { plainReason } from "#base/plain-reason.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes } from "#base/units.ts";

/**
 * Every failure a user can meet, in one table. The code is the API and never changes; the text may.
 * `text` says what happened and where (device, offset or file); `safe` says what state things are in now;
 * `next` says what to do. docs/errors.md and the user interface's catalogue are held against this table by a test.
 */
interface Entry<D> {
  readonly http: number;
  /** Process exit status of the command, see docs/errors.md. */
  readonly exit: number;
  readonly text: (details: D) => string;
  readonly safe: string;
  readonly next: string;
}

const entry = <D>(http: number, exit: number, text: (details: D) => string, safe: string, next: string): Entry<D> => ({
  http,
  exit,
  text,
  safe,
  next,
});

/** Two disks of "the same" size can differ by a few sectors, which rounding would hide. */
const exactBytes = (bytes: number): string => `${formatBytes(bytes)} (${bytes} bytes)`;

const NOTHING_WRITTEN = "Nothing was written.";
const NOT_BOOTABLE =
  "The target has no partition table yet, so no computer will start from it. The image is unchanged.";

/** Exit statuses: 1 a fault of ours, 2 usage, 3 environment, 4 bad data on a disk, 5 damaged image, 6 device I/O, 7 refused, 8 space, 130 cancelled. */
const catalogue = {
  USAGE: entry<{ problem: string }>(400, 2, (d) => d.problem, NOTHING_WRITTEN, "Run the command with --help."),
  REQUEST_INVALID: entry<{ path: string; problem: string }>(
    400,
    2,
    (d) => `${d.path}: ${d.problem}`,
    NOTHING_WRITTEN,
    "Correct the request and send it again.",
  ),
  NOT_FOUND: entry<{ what: string }>(
    404,
    2,
    (d) => `${d.what} was not found`,
    NOTHING_WRITTEN,
    "Look at the list again: it may have been unplugged or renamed.",
  ),
  TOOL_MISSING: entry<{ tool: string; purpose: string }>(
    500,
    3,
    (d) => `${d.tool} is not installed (needed to ${d.purpose})`,
    NOTHING_WRITTEN,
    "Run `make setup`, or install the package that holds the tool.",
  ),
  TOOL_FAILED: entry<{ tool: string; status: number; output: string }>(
    500,
    3,
    (d) => `${d.tool} ended with status ${d.status}: ${d.output}`,
    "The step that called it was not completed.",
    "Read the tool's message above.",
  ),
  STRUCT_TRUNCATED: entry<{ struct: string; need: number; have: number }>(
    422,
    4,
    (d) => `${d.struct}: need ${d.need} bytes, have ${d.have}`,
    NOTHING_WRITTEN,
    "The data is cut off: check that the whole file or disk is there.",
  ),
  STRUCT_BAD_VALUE: entry<{ struct: string; field: string; found: string }>(
    422,
    4,
    (d) => `${d.struct}.${d.field}: unexpected ${d.found}`,
    NOTHING_WRITTEN,
    "The data is damaged or is of another kind.",
  ),
  TABLE_DAMAGED: entry<{ device: string; table: string; problem: string }>(
    422,
    4,
    (d) => `${d.device}: the ${d.table} partition table is damaged: ${d.problem}`,
    NOTHING_WRITTEN,
    "Capture the disk sector by sector with --raw, or repair the table first.",
  ),
  FILESYSTEM_DAMAGED: entry<{ device: string; filesystem: string; offset: number; problem: string }>(
    422,
    4,
    (d) => `${d.device}: ${d.filesystem} at byte ${d.offset}: ${d.problem}`,
    NOTHING_WRITTEN,
    "The partition can still be captured sector by sector.",
  ),
  IMAGE_NOT_RECOGNISED: entry<{ file: string; problem: string }>(
    422,
    5,
    (d) => `${d.file} is not a Lifeboat image: ${d.problem}`,
    NOTHING_WRITTEN,
    "Choose another file. A capture that was interrupted leaves a .partial file, which is not an image.",
  ),
  IMAGE_UNSUPPORTED: entry<{ file: string; feature: string }>(
    422,
    5,
    (d) => `${d.file} needs a newer Lifeboat: ${d.feature}`,
    NOTHING_WRITTEN,
    "Use the version that wrote the image, or a newer one.",
  ),
  IMAGE_LOCKED: entry<{ file: string }>(
    403,
    7,
    (d) => `${d.file} is encrypted, and no password was given`,
    NOTHING_WRITTEN,
    "Give the password or the recovery key: with --password-file, in LIFEBOAT_PASSWORD, or at the prompt.",
  ),
  VOLUME_MISSING: entry<{ file: string; volume: number; missing: string; problem: string }>(
    404,
    5,
    (d) => `volume ${d.volume} of ${d.file} is missing (${d.missing}): ${d.problem}`,
    "The other volumes are unchanged. A target whose restore had begun has no partition table; the same command finishes it.",
    "Put all volumes of the image into one folder, with their names unchanged.",
  ),
  IMAGE_DAMAGED: entry<{ file: string; part: string; offset: number; problem: string }>(
    422,
    5,
    (d) => `${d.file}: ${d.part} at byte ${d.offset} is damaged: ${d.problem}`,
    NOTHING_WRITTEN,
    "Use another copy of the image; `lifeboat image verify` lists all that is damaged.",
  ),
  CHUNK_DAMAGED: entry<{ file: string; region: string; chunk: number; offset: number; problem: string }>(
    422,
    5,
    (d) => `${d.file}: chunk ${d.chunk} of ${d.region}, at byte ${d.offset} of the file, is damaged: ${d.problem}`,
    NOT_BOOTABLE,
    "Use another copy of the image, or restore all that is intact with --salvage.",
  ),
  IMAGE_VERIFY_FAILED: entry<{ file: string; damaged: number; chunks: number; first: string }>(
    422,
    5,
    (d) => `${d.file}: ${d.damaged} of ${d.chunks} parts are damaged, the first: ${d.first}`,
    "Nothing was changed. Everything that is not listed is intact.",
    "Use another copy of the image, or restore what is intact with --salvage. A capture that ends so keeps its file as NAME.partial: capture again to another disk, and take that one only for want of better.",
  ),
  RESTORE_SALVAGED: entry<{ file: string; damaged: number; first: string }>(
    422,
    5,
    (d) => `${d.file}: all but ${d.damaged} chunks were restored; the first damaged one: ${d.first}`,
    "The target is complete but for the ranges that are listed; those read as zeros.",
    "Check the file systems, and take the files in the listed ranges from another copy.",
  ),
  TARGET_VERIFY_FAILED: entry<{ device: string; region: string; offset: number; damaged: number }>(
    500,
    6,
    (d) =>
      `${d.device}: ${d.damaged} chunks read back differently from what was written, the first in ${d.region} at byte ${d.offset}`,
    "The target holds wrong data and must not be trusted. The image is unchanged.",
    "Replace the disk or its cable and restore again.",
  ),
  READ_SHORT: entry<{ device: string; offset: number; want: number; got: number }>(
    500,
    6,
    (d) => `${d.device}: read ${d.got} of ${d.want} bytes at ${d.offset}`,
    "The source is unchanged.",
    "The device is shorter than it says, or was unplugged: check its connection.",
  ),
  READ_FAILED: entry<{ device: string; offset: number; reason: string }>(
    500,
    6,
    (d) => `${d.device}: cannot read at byte ${d.offset}: ${plainReason(d.reason)}`,
    "The source is unchanged.",
    "Check the cable and the disk's health, then try again.",
  ),
  WRITE_FAILED: entry<{ device: string; offset: number; reason: string }>(
    500,
    6,
    (d) => `${d.device}: cannot write at byte ${d.offset}: ${plainReason(d.reason)}`,
    "What was written so far is incomplete.",
    "Check the cable and the disk's health, then run the same command again.",
  ),
  OPEN_FAILED: entry<{ path: string; reason: string }>(
    409,
    6,
    (d) => `cannot open ${d.path}: ${plainReason(d.reason)}`,
    NOTHING_WRITTEN,
    "Check the name, and that you may read it, or write to its folder (disks need root).",
  ),
  TARGET_FULL: entry<{ target: string; offset: number }>(
    507,
    8,
    (d) => `${d.target} could not take the data at byte ${d.offset}: the file system that holds this file is full`,
    NOT_BOOTABLE,
    "Free space there, then run the same command again.",
  ),
  CONFIRMATION_MISSING: entry<{ target: string; id: string }>(
    409,
    2,
    (d) => `this erases ${d.target}: confirm with --yes-erase ${shellQuote(d.id)}`,
    NOTHING_WRITTEN,
    "Look at the plan with --dry-run first.",
  ),
  SPACE_EXHAUSTED: entry<{ file: string }>(
    507,
    8,
    (d) => `no space left for ${d.file}`,
    "No image was made; what was captured so far is kept. The source is unchanged.",
    "Free space and run `lifeboat resume`, or choose another place and run the command again.",
  ),
  FILE_EXISTS: entry<{ file: string }>(
    409,
    7,
    (d) => `${d.file} exists already`,
    NOTHING_WRITTEN,
    "Choose another name: an image is never overwritten.",
  ),
  TARGET_TOO_SMALL: entry<{ target: string; need: number; have: number }>(
    409,
    7,
    (d) => `${d.target} has ${exactBytes(d.have)}, the image needs ${exactBytes(d.need)}`,
    NOTHING_WRITTEN,
    "Choose a disk that is at least as large as the source was.",
  ),
  TARGET_HOLDS_IMAGE: entry<{ target: string; image: string }>(
    409,
    7,
    (d) => `${d.target} holds the image ${d.image} itself`,
    NOTHING_WRITTEN,
    "Choose another target, or copy the image to another disk first.",
  ),
  TARGET_IS_BOOT_MEDIUM: entry<{ target: string }>(
    409,
    7,
    (d) => `${d.target} is the medium this rescue system was started from`,
    NOTHING_WRITTEN,
    "Choose another target.",
  ),
  TARGET_IN_USE: entry<{ target: string; by: string }>(
    409,
    7,
    (d) => `${d.target} is in use: ${d.by}`,
    NOTHING_WRITTEN,
    "Unmount it or stop what uses it, then plan again.",
  ),
  TARGET_READ_ONLY: entry<{ target: string }>(
    409,
    7,
    (d) => `${d.target} is read-only`,
    NOTHING_WRITTEN,
    "Remove the write protection or choose another target.",
  ),
  SECTOR_SIZE_DIFFERS: entry<{ target: string; image: number; have: number }>(
    409,
    7,
    (d) => `${d.target} has ${d.have}-byte sectors, the image was made of a disk with ${d.image}-byte sectors`,
    NOTHING_WRITTEN,
    "Choose a target with the same sector size.",
  ),
  CAPTURE_UNFINISHED: entry<{ image: string }>(
    409,
    7,
    (d) => `an unfinished capture into ${d.image} is there already`,
    "It is unchanged, and can be gone on with.",
    "Go on with it: `lifeboat resume IMAGE`. Or delete its .partial and .job files, if what they hold is not needed.",
  ),
  SOURCE_CHANGED: entry<{ source: string }>(
    409,
    7,
    (d) => `${d.source} is not as it was when the capture began: somebody has written to it since`,
    "The unfinished image is unchanged, and of no use any more.",
    "Capture the disk anew.",
  ),
  UNLOCK_FAILED: entry<{ volume: string; problem: string }>(
    403,
    7,
    (d) => `${d.volume} cannot be unlocked: ${d.problem}`,
    NOTHING_WRITTEN,
    "Check the key: upper and lower case, the keyboard layout, and that the file holds the key alone. Without a key it can be captured sector by sector.",
  ),
  PASSWORD_MISSING: entry<{ what: string; option: string }>(
    401,
    2,
    (d) => `${d.what} is needed, and none was given: ${d.option} was not used, and there is no terminal to ask on`,
    NOTHING_WRITTEN,
    "Give it in a file (--password-file FILE, - for standard input) or in the environment variable LIFEBOAT_PASSWORD, or run the command on a terminal, where it asks.",
  ),
  KEY_INVALID: entry<{ what: string; problem: string }>(
    400,
    2,
    (d) => `${d.what} cannot be used: ${d.problem}`,
    NOTHING_WRITTEN,
    "Enter it again.",
  ),
  IMAGE_UNLOCK_FAILED: entry<{ file: string; tried: string; problem: string }>(
    403,
    7,
    (d) => `${d.file} is not opened by ${d.tried}: ${d.problem}`,
    NOTHING_WRITTEN,
    "Check upper and lower case and the keyboard layout, or use another of the image's passwords or its recovery key.",
  ),
  KEY_CHANGE_REFUSED: entry<{ file: string; problem: string }>(
    409,
    7,
    (d) => `the keys of ${d.file} cannot be changed: ${d.problem}`,
    NOTHING_WRITTEN,
    "Look at the keys with `lifeboat image key list`.",
  ),
  SOURCE_IN_USE: entry<{ source: string; by: string }>(
    409,
    7,
    (d) => `${d.source} is being written to: ${d.by}`,
    NOTHING_WRITTEN,
    "Unmount it or mount it read-only: an image of a changing disk would be inconsistent.",
  ),
  PLAN_STALE: entry<{ planned: string; current: string }>(
    409,
    7,
    (d) => `the disks or the image changed since the plan was made (${d.planned} then, ${d.current} now)`,
    NOTHING_WRITTEN,
    "Make the plan again and look at it once more.",
  ),
  CONFIRM_MISMATCH: entry<{ asked: string }>(
    409,
    7,
    (d) => `the confirmation does not name ${d.asked}`,
    NOTHING_WRITTEN,
    "Repeat the name exactly as the plan shows it.",
  ),
  JOB_BUSY: entry<{ device: string }>(
    409,
    7,
    (d) => `another job is writing to ${d.device}`,
    NOTHING_WRITTEN,
    "Wait for that job to end, or cancel it.",
  ),
  CANCELLED: entry<{ what: string }>(
    409,
    130,
    (d) => `${d.what} was cancelled`,
    "Nothing passes for finished: a capture leaves no image, a restore a target without a partition table.",
    "Run the same command again.",
  ),
  FORBIDDEN: entry<{ reason: string }>(
    403,
    7,
    (d) => d.reason,
    NOTHING_WRITTEN,
    "Use the address that the rescue system shows on its own screen.",
  ),
  INTERNAL: entry<{ problem: string }>(
    500,
    1,
    (d) => `an error that was not foreseen: ${d.problem}`,
    "What was asked for was not completed.",
    "Save the log and report it: this is a fault of the program.",
  ),
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
