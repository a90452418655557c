import * as z from "zod";
import { Sentence } from "#base/sentence.ts";
import { MendReport, MendWish } from "#imaging/mend/mend.ts";
import { Edit } from "#imaging/partition/edit.ts";
import { Confirmation, Layout, Loss, Warning } from "#imaging/plan/plan.ts";
import { PlanTarget } from "#imaging/plan/plan-target.ts";

/** What a job does to the partitions of a disk, and every loss by name. No node: import, the user interface reads it too. */
export const EditPlan = z.object({
  format: z.literal("lifeboat-edit/1"),
  /** Hash of all that follows. */
  id: z.string(),
  target: PlanTarget,
  edits: z.array(Edit).min(1),
  /** One sentence for each. */
  steps: z.array(Sentence),
  before: Layout,
  after: Layout,
  losses: z.array(Loss),
  warnings: z.array(Warning),
  /** Read and written at the most, where partitions are moved or change their size. */
  movedBytes: z.int().nonnegative(),
  confirmation: Confirmation,
  /** What is done to the systems on the disk afterwards, so that they start. */
  mend: MendWish.optional(),
  /** Fingerprint of the disk as it was when the plan was made. */
  fingerprint: z.string(),
});
export type EditPlan = z.infer<typeof EditPlan>;

export const EditReport = z.object({
  kind: z.literal("partition"),
  planId: z.string(),
  seconds: z.number(),
  steps: z.array(Sentence),
  mend: MendReport.optional(),
});
export type EditReport = z.infer<typeof EditReport>;
