/**
 * offered: until its client takes it, or does not. bound: its client has it. released: given back. declined: its client found
 * somebody else there; conflicting: we did. A lease is over at its time; the last two are then tried again.
 */
export type LeaseState = "offered" | "bound" | "released" | "declined" | "conflicting";

/** What is known of an address that was given, or set aside. It stays when it is over: clients get their former address again. */
export interface Lease {
  readonly address: number;
  /** `Client.key`. */
  readonly client: string;
  readonly mac: string;
  /** Its client was starting from the network. */
  readonly isFirmware: boolean;
  readonly state: LeaseState;
  /** Seconds since 1970. */
  readonly until: number;
}

/** Where leases outlive the process. */
export interface LeaseStore {
  all(): Lease[];
  /** All of them or none, and on the disk when it returns. @throws PXE_STATE_FAILED */
  save(leases: readonly Lease[]): void;
  close(): void;
}
