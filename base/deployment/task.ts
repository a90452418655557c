import * as z from "zod";
import { Place } from "#base/medium/place.ts";
import { Text } from "#base/medium/text.ts";
import { TargetRule, UnattendedRestore } from "#base/medium/unattended-plan.ts";

/**
 * What a server orders the rescue system of one machine to do. It is made a plan there, by the rules of every plan, and stops where those
 * ask for a decision. For people: docs/pxe.md, Deployments.
 */

/** When it has succeeded; after a failure the computer stays on, and asks its server again. */
export const Afterwards = z.enum(["stay", "restart", "shut-down"]);

const Hostname = UnattendedRestore.shape.hostname;

/** A template, with the identity of the one machine. */
export const RestoreTask = z.strictObject({
  kind: z.literal("restore"),
  /** The address of a point, or its path on the server that gives the order: "/.lifeboat/image/ID/points/NAME.lbi". */
  image: Text.min(1).max(4096),
  restore: UnattendedRestore.omit({ image: true, place: true, hostname: true }).extend({ hostname: Hostname }),
  /** Of an encrypted image. */
  password: z.string().max(4096).optional(),
  /** What opens the image on the server, and the machines to each other. Absent: the image is on another server. */
  swarmToken: z.string().max(200).optional(),
  /** Bytes that this machine may load in a second. */
  bytesPerSecond: z.int().positive().optional(),
});
export type RestoreTask = z.infer<typeof RestoreTask>;

/** Where a machine's disk is captured to: a repository on a share that the rescue system can write to. */
export const CaptureTask = z.strictObject({
  kind: z.literal("capture"),
  from: TargetRule,
  place: Place,
  /** Of the share. */
  placePassword: z.string().max(4096).optional(),
  /** Folder of the repository in the share: "" is the share's own. */
  repository: Text.max(1024).refine((path) => !path.split("/").includes(".."), "must not lead out of its share by .."),
  /** Of an encrypted repository. */
  password: z.string().max(4096).optional(),
  /** What the point is called: one name a machine. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/),
  leaveOutPageFiles: z.boolean(),
  bytesPerSecond: z.int().positive().optional(),
});
export type CaptureTask = z.infer<typeof CaptureTask>;

/** The sealed part of an order. */
export const Task = z.strictObject({
  /** What the machine proves its reports with (`proof.ts`): of no use for another machine, or for another deployment. Base64url. */
  token: z.string().min(32).max(100),
  countdownSeconds: z.int().min(0).max(3600),
  afterwards: Afterwards,
  work: z.discriminatedUnion("kind", [RestoreTask, CaptureTask]),
});
export type Task = z.infer<typeof Task>;
