import type { Machine as Architecture } from "../dhcp/boot-request.ts";

/** How a computer's firmware loads what it starts: by TFTP, or by HTTP itself. */
export type Firmware = "bios" | "uefi" | "uefi http";

/** unknown: nobody has decided. A server that asks for approval gives boot files to approved machines alone. */
export const APPROVALS = ["unknown", "approved", "refused"] as const;
export type Approval = (typeof APPROVALS)[number];

/** once: until a job is done; then the machine starts from its own disk, as with never. */
export const POLICIES = ["always", "once", "never"] as const;
export type BootPolicy = (typeof POLICIES)[number];

/** What a computer is, as it or its rescue system says. Undefined: nobody has said it yet. */
export interface MachineFacts {
  /** Of SMBIOS, as UEFI writes it: "4c4c4544-0042-...". */
  readonly uuid?: string | undefined;
  readonly serial?: string | undefined;
  readonly vendor?: string | undefined;
  readonly product?: string | undefined;
  readonly firmware?: Firmware | undefined;
  readonly architecture?: Architecture | undefined;
  readonly secureBoot?: boolean | undefined;
  /** Bytes of RAM. */
  readonly memory?: number | undefined;
  /** The last IPv4 address that it was seen with. */
  readonly address?: string | undefined;
}

/** What people say of a machine. */
export interface MachineMarks {
  /** No two machines have the same one. "": none. */
  readonly name: string;
  readonly note: string;
  readonly group: string;
  readonly approval: Approval;
  readonly policy: BootPolicy;
}

/** A computer that has asked a server how to start, or that somebody has announced. */
export interface Machine extends MachineFacts, MachineMarks {
  /** Never given to another one. */
  readonly id: number;
  /** "52:54:00:12:34:56", sorted. */
  readonly macs: readonly string[];
  /** Milliseconds since 1970; 0: it was announced, and has not been seen. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export const NO_MARKS: MachineMarks = { name: "", note: "", group: "", approval: "unknown", policy: "always" };

/** Nobody has said anything of it: it may be forgotten where there are too many. */
export const isUnmarked = ({ name, note, group, approval, policy }: MachineMarks): boolean =>
  name === "" && note === "" && group === "" && approval === "unknown" && policy === "always";

/** What a machine is called in a line: its name, else its first MAC, else its UUID. */
export const callMachine = ({ name, macs, uuid, id }: Machine): string =>
  name !== "" ? name : (macs[0] ?? uuid ?? `machine ${id}`);
