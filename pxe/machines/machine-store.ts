import type { AnnouncedMachine } from "./announce.ts";
import type { Entry } from "./entry.ts";
import type { Machine, MachineMarks } from "./machine.ts";
import type { Sighting } from "./sighting.ts";

/** What a server says of itself, and when it last did: milliseconds since 1970. */
export interface ServerNote {
  readonly name: string;
  readonly at: number;
  readonly state: unknown;
}

/**
 * Where machines and their timelines are kept. Several processes may have it open at once. Each call is one transaction, which is
 * committed when it returns. All reject with PXE_MACHINES_FAILED where the database does not do it.
 */
export interface MachineStore extends AsyncDisposable {
  /** In their order. Old entries go: `MOST_ENTRIES`. */
  record(batch: readonly Sighting[]): Promise<void>;
  /** By name, those without one behind, in the order in which they came. */
  list(): Promise<Machine[]>;
  /** Those with this name, MAC, UUID, serial number, or number ("#12"). Case does not matter. */
  find(text: string): Promise<Machine[]>;
  /** The oldest first. @param machine its id, or SERVER_TIMELINE */
  timeline(machine: number): Promise<Entry[]>;
  /** The newest entry of each machine that has one, by its id: what was done by people, and what belongs to none, is left out. */
  latest(): Promise<ReadonlyMap<number, Entry>>;
  /** @throws PXE_MACHINE_NAME_TAKEN, PXE_MACHINE_UNKNOWN */
  mark(machine: number, marks: Partial<MachineMarks>): Promise<Machine>;
  /** All of them or none. @throws PXE_MACHINE_UNKNOWN */
  markAll(machines: readonly number[], marks: Partial<Omit<MachineMarks, "name">>): Promise<Machine[]>;
  /** With its timeline. It comes back, as unknown, when it asks again. */
  forget(machine: number): Promise<void>;
  /** Makes a machine of its own of one of its cards: two boards have the same UUID. @throws PXE_MACHINE_UNKNOWN */
  split(machine: number, mac: string): Promise<Machine>;
  /** New ones, and what is said of known ones: all or none. @throws PXE_IMPORT_INVALID, PXE_MACHINE_NAME_TAKEN */
  announce(machines: readonly AnnouncedMachine[], source: string): Promise<{ added: number; changed: number }>;
  /** Another number than before: approval, policy or the cards of a machine have changed. */
  rulesVersion(): Promise<number>;
  noteServer(note: ServerNote): Promise<void>;
  servers(): Promise<ServerNote[]>;
}
