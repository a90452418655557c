import * as z from "zod";
import { Empty, Reason } from "#base/http/contract.ts";
import { Sentence } from "#base/sentence.ts";
import { routeFor } from "./role.ts";

/** Which points of a repository stay; the others go. */

/** Points that one rule keeps at most. */
const MOST_KEPT = 10_000;
/** Points of a repository that are named in a request at most. */
const MOST_POINTS = 100_000;

const keepsAny = (rules: Readonly<Record<string, number | string>>): boolean =>
  Object.values(rules).some((count) => typeof count === "number" && count > 0);
const KEEPS_NONE = "at least one of them must keep a point: without any rule nothing is deleted";

const Count = z.int().nonnegative().max(MOST_KEPT);
/** As `repo prune` has them: of each disk the newest points, and the newest of each of the last days, weeks, months and years (UTC). */
export const RetentionRules = z
  .strictObject({ ...{ last: Count, daily: Count, weekly: Count, monthly: Count, yearly: Count } })
  .refine(keepsAny, KEEPS_NONE);
export type RetentionRules = z.infer<typeof RetentionRules>;

/** Of the day, by the server's clock: captures by night have ended then as a rule, and nobody works yet. */
const USUAL_QUIET_TIME = "05:00";
const QuietTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time such as 05:00");

const RulesAndTime = z
  .strictObject({ ...RetentionRules.shape, quietTime: QuietTime.default(USUAL_QUIET_TIME) })
  .refine(keepsAny, KEEPS_NONE);

const Asked = z.coerce.number<number>().int().nonnegative().max(MOST_KEPT);
const AskedRules = z
  .strictObject({ ...{ last: Asked, daily: Asked, weekly: Asked, monthly: Asked, yearly: Asked } })
  .refine(keepsAny, KEEPS_NONE);

export const RetentionRow = z.object({
  /** Of the point. */
  name: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Why it stays; none: it goes. */
  reasons: z.array(Sentence),
});
export type RetentionRow = z.infer<typeof RetentionRow>;

export const CleanedUp = z.object({
  /** Names of points. */
  deleted: z.array(z.string()),
  /** Bytes that are free now, and that a later run frees, when what was deleted cannot be brought back any more. */
  freed: z.number(),
  later: z.number(),
  /** What stays though it was to go, in words. */
  warnings: z.array(z.string()),
});
export type CleanedUp = z.infer<typeof CleanedUp>;

export const LastRun = z.object({
  at: z.number(),
  /** Who began it; absent: the server by itself. */
  by: z.string().optional(),
  /** Points. */
  deleted: z.int(),
  freed: z.number(),
  later: z.number(),
  /** What stays though it was to go, in words. */
  warnings: z.array(Sentence).optional(),
  /** It did not end well. */
  problem: Reason.optional(),
});
export type LastRun = z.infer<typeof LastRun>;

/** The rules of a repository, and what came of them. */
export const KeptRules = z.object({
  rules: RetentionRules,
  /** "05:00": when they are applied, each day. */
  quietTime: QuietTime.default(USUAL_QUIET_TIME),
  setBy: z.string(),
  setAt: z.number(),
  last: LastRun.optional(),
});
export type KeptRules = z.infer<typeof KeptRules>;

/** Rules that are being applied. */
export const RetentionWork = z.object({
  /** Absent: the server by itself. */
  by: z.string().optional(),
  since: z.number(),
  /** Points that go. */
  points: z.int(),
  phase: z.enum(["look", "repack", "remove"]),
  /** From 0 to 1; absent: that cannot be said. */
  ratio: z.number().min(0).max(1).optional(),
});
export type RetentionWork = z.infer<typeof RetentionWork>;

export const retentionApi = {
  /** What these rules would do. Nothing is kept, and nothing is deleted. */
  previewRetention: routeFor(
    ...(["operator", "GET", "/api/v1/repositories/:name/retention"] as const),
    AskedRules,
    z.array(RetentionRow),
  ),
  /** From the next quiet time on they are applied once a day. */
  setRetention: routeFor("admin", "POST", "/api/v1/repositories/:name/retention", RulesAndTime, KeptRules),
  /** Nothing is deleted any more. */
  removeRetention: routeFor("admin", "POST", "/api/v1/repositories/:name/retention/remove", Empty, Empty),
  /** The kept rules, now. @param points all that go, by name: where these are others now, nothing is deleted */
  applyRetention: routeFor(
    ...(["admin", "POST", "/api/v1/repositories/:name/retention/apply"] as const),
    z.strictObject({ points: z.array(z.string().max(300)).max(MOST_POINTS) }),
    CleanedUp,
  ),
} as const;
