/**
 * One row of the catalogue. `text` says what happened and where (device, offset or file); `safe` says what state things
 * are in now; `next` says what to do. docs/errors.md and the user interface's texts are held against the rows by a test.
 */
export interface Entry<D> {
  /** Status of the rescue server's answer. */
  readonly http: number;
  /** Exit status of the command: 1 a fault of ours, 2 usage, 3 environment, 4 bad data on a disk, 5 damaged image, 6 device I/O, 7 refused, 8 space, 130 cancelled, 143 stopped by a signal. */
  readonly exit: number;
  readonly text: (details: D) => string;
  readonly safe: string;
  readonly next: string;
}

export const entry = <D>(
  http: number,
  exit: number,
  text: (details: D) => string,
  safe: string,
  next: string,
): Entry<D> => ({ http, exit, text, safe, next });

export const NOTHING_WRITTEN = "Nothing was written.";
export const TARGET_UNBOOTABLE =
  "The target has no partition table yet, so no computer will start from it. The image is unchanged.";
