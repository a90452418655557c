import type { OrderProgress } from "#base/deployment/order.ts";
import type { DeploymentSpec, MemberState } from "./contract.ts";

/** A deployment, as it is kept. */
export interface Deployment {
  readonly id: string;
  readonly name: string;
  readonly state: "active" | "paused" | "cancelled";
  readonly spec: DeploymentSpec;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Captures: when the run that counts now was to begin. 0: none has. */
  readonly run: number;
  /** Of machines by their ids. */
  readonly identities: readonly MachineIdentity[];
  /** `KeptSecrets`, sealed with the server's key (`FleetKey`). */
  readonly secrets: string;
  readonly hasSecrets: boolean;
}

export interface MachineIdentity {
  readonly machine: number;
  readonly hostname?: string | undefined;
  readonly universal?: boolean | undefined;
}

/** One machine of a deployment. */
export interface Member {
  readonly deployment: string;
  /** Its place, from 1. */
  readonly number: number;
  /** Id of the machine. */
  readonly machine: number;
  readonly hostname?: string | undefined;
  readonly universal?: boolean | undefined;
  readonly state: MemberState;
  /** A person has paused this one. */
  readonly isHeld: boolean;
  /** The machine was told to start from the network, for this. */
  readonly isArmed: boolean;
  /** Orders that it was given since somebody last asked for a new beginning. */
  readonly tries: number;
  /** Its disk was written to: what lies there may be the whole work of an order whose end was never heard. */
  readonly hasBegun: boolean;
  /** The key of its order: base64url. */
  readonly key?: string | undefined;
  /** Of its last report. */
  readonly sequence: number;
  /** Keys that have asked and wait for a person, and the one that was confirmed. */
  readonly asking: readonly string[];
  readonly confirmed?: string | undefined;
  readonly progress?: OrderProgress | undefined;
  /** Milliseconds since 1970: of the last change of the state, of its last word, of the last magic packet. */
  readonly since: number;
  readonly heard?: number | undefined;
  readonly woken?: number | undefined;
}

export const newMember = (
  { id }: Pick<Deployment, "id">,
  number: number,
  machine: number,
  since: number,
  more: Partial<Member> = {},
): Member => ({
  ...{ deployment: id, number, machine, state: "waiting", isHeld: false, isArmed: false },
  ...{ tries: 0, hasBegun: false, sequence: 0, asking: [], since, ...more },
});

/** States in which an order may still come. */
export const isOpen = ({ state }: Pick<Member, "state">): boolean => ["waiting", "code", "running"].includes(state);

/** Milliseconds without a word after which the machine of an order is somebody else's chance, and after which it is shown as silent. */
export const ALIVE = 20_000;
export const SILENT = 120_000;

export const isAlive = ({ heard }: Member, now: number): boolean => heard !== undefined && now - heard < ALIVE;
export const isSilent = ({ state, heard, since }: Member, now: number): boolean =>
  state === "running" && now - (heard ?? since) >= SILENT;
