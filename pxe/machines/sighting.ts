import type { Happening } from "./entry.ts";
import type { MachineFacts } from "./machine.ts";

/** Something that was seen of a machine, by one of the names that it has. */
export interface Sighting extends MachineFacts {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined: of the server itself. */
  readonly mac: string | undefined;
  /** False: only who is known already has a timeline. A browser is no machine that starts. */
  readonly mayCreate: boolean;
  readonly happening?: Happening | undefined;
}

export const FACTS = [
  "uuid",
  "serial",
  "vendor",
  "product",
  "firmware",
  "architecture",
  "secureBoot",
  "memory",
  "address",
] as const satisfies (keyof MachineFacts)[];
