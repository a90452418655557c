/** A computer that loads something. */
export interface TftpClient {
  readonly address: string;
  readonly port: number;
}

/**
 * How a transfer ended. "probed": the client wanted to know the size, and broke off, as UEFI does before it loads a
 * file. "gone": nothing listens there any more. "replaced": the same port asked for another file.
 */
export type TftpOutcome = "complete" | "probed" | "aborted" | "no answer" | "gone" | "replaced" | "failed" | "stopped";

interface Transfer {
  /** Of one transfer, in all its events. */
  readonly id: number;
  readonly client: TftpClient;
  /** Relative to the root. */
  readonly file: string;
  /** Of the file, in bytes. */
  readonly size: number;
}

export type TftpEvent =
  | (Transfer & { readonly type: "started"; readonly blockSize: number; readonly windowSize: number })
  | (Transfer & {
      readonly type: "ended";
      readonly outcome: TftpOutcome;
      /** Bytes of the file that the client has acknowledged. */
      readonly bytes: number;
      /** Blocks that were sent again. */
      readonly resent: number;
      readonly seconds: number;
      /** In words, where the outcome does not say it all. */
      readonly reason?: string | undefined;
    })
  | {
      readonly type: "refused";
      readonly client: TftpClient;
      /** As it was asked for: whoever shows it makes it printable. */
      readonly file: string;
      readonly reason: string;
    };
