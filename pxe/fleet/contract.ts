import * as z from "zod";
import { PHASES } from "#base/deployment/order.ts";
import { Afterwards, CaptureTask, RestoreTask } from "#base/deployment/task.ts";
import { Text } from "#base/medium/text.ts";
import { sentenceFields } from "#base/sentence.ts";
import { Window } from "./window.ts";

/**
 * Deployments, as the command and the console ask for them and see them. No node: import, pages may read it too. The rules are in
 * docs/pxe.md; `Fleet` (fleet.ts) carries them out.
 */

export const Name = Text.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u, "is not a name of up to 63 letters and digits");

/** "pc-{n:02}": {n} is the machine's place in the deployment, {name} and {serial} are the machine's. */
export const HostnamePattern = Text.min(1)
  .max(100)
  .regex(/^([A-Za-z0-9-]|\{n(:0?\d)?\}|\{name\}|\{serial\})+$/, "is not a pattern such as pc-{n:02}");

/** One machine's own. Machines are called by name, MAC, UUID, serial number, or "#12". */
export const Identity = z.strictObject({
  machine: Text.min(1).max(200),
  hostname: RestoreTask.shape.restore.shape.hostname,
  /** As `lifeboat restore --universal`; absent: as the deployment has it. */
  universal: z.boolean().optional(),
});
export type Identity = z.infer<typeof Identity>;

/** Which machines. */
export const Selection = z.union([
  z.strictObject({ machines: z.array(Text.min(1).max(200)).min(1).max(5000) }),
  /** Who is in the group when it asks. */
  z.strictObject({ group: Text.min(1).max(63) }),
  /** So many, whoever they are, in the order in which they boot. */
  z.strictObject({ next: z.int().min(1).max(5000) }),
]);
export type Selection = z.infer<typeof Selection>;

/** Bytes of a list of identities. */
const MOST_LIST = 1 << 20;

/** A list of identities to look at before there is a deployment. */
export const IdentityList = z.strictObject({
  /** CSV, as `pxe deploy create --identities`. */
  list: z.string().max(MOST_LIST),
  /** Absent: nobody has chosen any yet. */
  machines: Selection.optional(),
  hostnames: HostnamePattern.optional(),
});
export type IdentityList = z.infer<typeof IdentityList>;

/** Which machine would get which name. */
export const IdentityPreview = z.strictObject({
  /** Without a line: no single one is wrong. */
  problems: z.array(z.strictObject({ line: z.int().positive().optional(), ...sentenceFields })),
  /** Each machine that is known now, in its place. */
  machines: z.array(
    z.strictObject({
      /** Number and name of the machine. */
      machine: z.int(),
      name: z.string(),
      /** Absent: as in the image. */
      hostname: z.string().optional(),
      universal: z.boolean().optional(),
      /** Of the list; absent: it has none there. */
      line: z.int().positive().optional(),
    }),
  ),
  /** Machines of the list that were not chosen. */
  others: z.array(z.int()),
  /** What a deployment is to be given of it. */
  identities: z.array(Identity),
});
export type IdentityPreview = z.infer<typeof IdentityPreview>;

/** A point of a repository: its path on this server, or its address on another web server. */
const PointPath = Text.max(4096).regex(
  /^(\/|https?:\/\/[^@\s]+\/).*points\/[\w.-]+\.lbi$/,
  "is not a point of a repository",
);

export const RestoreSpec = z
  .strictObject({
    kind: z.literal("restore"),
    point: PointPath,
    template: RestoreTask.shape.restore.omit({ hostname: true, again: true }),
    hostnames: HostnamePattern.optional(),
    identities: z.array(Identity).max(5000).default([]),
  })
  .refine(
    ({ template, hostnames, identities }) =>
      template.identity === "new" ||
      (hostnames === undefined && identities.every(({ hostname }) => hostname === undefined)),
    { path: ["template", "identity"], message: "must be new where machines get host names of their own" },
  );

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const CaptureSpec = z.strictObject({
  kind: z.literal("capture"),
  ...CaptureTask.pick({ from: true, place: true, repository: true, leaveOutPageFiles: true }).shape,
  /** On which days a run begins, at the start of the window; absent: one run. A run that was missed is made up for in the next window. */
  days: z.array(z.enum(DAYS)).min(1).optional(),
});

export const DeploymentSpec = z
  .strictObject({
    work: z.discriminatedUnion("kind", [RestoreSpec, CaptureSpec]),
    machines: Selection,
    /** Higher ones first; restores always come before captures. */
    priority: z.int().min(-100).max(100).default(0),
    window: Window.optional(),
    countdownSeconds: z.int().min(0).max(3600).default(30),
    afterwards: Afterwards.default("restart"),
    /** How often a machine that failed is tried again. */
    retries: z.int().min(0).max(20).default(2),
    mostAtOnce: z.int().min(1).max(5000).optional(),
    /** Bytes in a second: what this server sends, to all machines together; and what each machine may load. */
    limit: z.int().min(1024).optional(),
    limitEach: z.int().min(1024).optional(),
    /** Wake-on-LAN, when it is a machine's turn. */
    wake: z.boolean().default(false),
    /** Machines start from the network until their job is done, and then from their own disk. false: policies stay as they are. */
    bootOnce: z.boolean().default(true),
    /**
     * network: who has a machine's MAC and address is that machine; code: a person compares what it shows. Has to be chosen where there are
     * passwords; else it is network.
     */
    admission: z.enum(["network", "code"]).optional(),
  })
  .refine(({ work, window }) => work.kind === "restore" || work.days === undefined || window !== undefined, {
    path: ["window"],
    message: "is needed where runs begin on days of the week",
  });
export type DeploymentSpec = z.infer<typeof DeploymentSpec>;

/** What is given to the machines of a deployment alone, sealed, and shown to nobody. */
export const DeploymentSecrets = z.strictObject({
  /** Of the image, or of the repository that is captured into. */
  password: z.string().min(1).max(4096).optional(),
  placePassword: z.string().min(1).max(4096).optional(),
});
export type DeploymentSecrets = z.infer<typeof DeploymentSecrets>;

export const NewDeployment = z.strictObject({
  name: Name,
  spec: DeploymentSpec,
  secrets: DeploymentSecrets.default({}),
});
export type NewDeployment = z.infer<typeof NewDeployment>;

/** code: it waits for a person to confirm its code. */
export const MEMBER_STATES = ["waiting", "code", "running", "done", "failed", "stopped", "cancelled"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export const MemberView = z.strictObject({
  /** Place in the deployment, from 1. */
  number: z.int().positive(),
  /** Number and name of the machine. */
  machine: z.int(),
  name: z.string(),
  hostname: z.string().optional(),
  state: z.enum(MEMBER_STATES),
  isHeld: z.boolean(),
  /** How far it is, while it runs. */
  phase: z.enum(PHASES).optional(),
  percent: z.number().optional(),
  text: z.string(),
  /** The same, piece by piece. */
  says: z.array(z.strictObject(sentenceFields)),
  /** Why it failed. */
  code: z.string().optional(),
  /** Orders that it was given. */
  tries: z.int(),
  /** Of keys that have asked, and wait for confirmation: what machines show. */
  codes: z.array(z.string()),
  /** Milliseconds since 1970: of the last change, and of its last word. */
  since: z.number(),
  heard: z.number().optional(),
  /** It runs, and has not been heard for a while. */
  isSilent: z.boolean(),
});
export type MemberView = z.infer<typeof MemberView>;

export const DeploymentView = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** over: every machine is done, has failed for good, or was stopped, and no more can come. */
  state: z.enum(["active", "paused", "cancelled", "over"]),
  spec: DeploymentSpec,
  created: z.number(),
  /** Of machines. */
  counts: z.record(z.enum(MEMBER_STATES), z.int()),
  /** Of those that run: who has not been heard for a while. */
  silent: z.int(),
  /** When its last run began: milliseconds since 1970. Captures. */
  run: z.number().optional(),
  hasSecrets: z.boolean(),
});
export type DeploymentView = z.infer<typeof DeploymentView>;

export interface DeploymentDetails extends DeploymentView {
  readonly members: readonly MemberView[];
}

/** What a person does to a deployment, or to some of its machines. */
export const FleetAction = z.discriminatedUnion("action", [
  z.strictObject({ action: z.enum(["pause", "resume", "cancel", "retry"]), machines: z.array(Text).optional() }),
  z.strictObject({ action: z.literal("priority"), priority: z.int().min(-100).max(100) }),
  z.strictObject({ action: z.literal("confirm"), machine: Text, code: Text.max(40) }),
]);
export type FleetAction = z.infer<typeof FleetAction>;
