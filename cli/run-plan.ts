import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { setRefusedStatus } from "#cli/mend-options.ts";
import type { Output } from "#cli/output.ts";
import { proveRestored, setProofStatus } from "#cli/prove-restored.ts";
import { BAD_SECTORS_STATUS } from "#cli/run-capture.ts";
import { runJob } from "#cli/run-job.ts";
import { VERSION } from "#cli/version.ts";
import type { JobStore } from "#imaging/job/job-store.ts";
import { type RestoreAndMendOptions, restoreAndMend } from "#imaging/mend/restore-and-mend.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { describeProof } from "#imaging/prove/describe-proof.ts";
import { restoredLines } from "#imaging/restore/describe-restored.ts";

interface Running {
  readonly store: JobStore;
  readonly output: Output;
}

export interface RunPlanOptions extends RestoreAndMendOptions {
  /** Start what was restored in a virtual machine. */
  readonly prove?: boolean | undefined;
}

type ProvenReport = RestoreReport & { readonly proof?: BootProof };

export async function runPlan(
  plan: RestorePlan,
  confirmation: string | undefined,
  options: RunPlanOptions,
  running: Running,
): Promise<void> {
  confirm(plan, confirmation);
  await runConfirmed(plan, options, undefined, running);
}

/** One after the other; the first that fails ends it, and the disks of those behind it are as they were. */
export async function runPlans(
  plans: readonly RestorePlan[],
  confirmations: readonly string[],
  options: RunPlanOptions,
  running: Running,
): Promise<void> {
  for (const [i, plan] of plans.entries()) confirm(plan, confirmations[i]);
  const reports: ProvenReport[] = [];
  for (const plan of plans) reports.push(await run(plan, options, undefined, running));
  running.output.result(plans.length === 1 ? reports[0] : reports, () =>
    plans.map((plan, i) => describe(plan, reports[i] as ProvenReport)).join("\n\n"),
  );
}

function confirm(plan: RestorePlan, confirmation: string | undefined): void {
  if (confirmation === undefined)
    throw new LifeboatError("CONFIRMATION_MISSING", { target: plan.target.name, id: plan.target.id });
  checkConfirmation(plan, confirmation);
}

/** @param id the stored job that this goes on with: its plan was confirmed when it began */
export async function runConfirmed(
  plan: RestorePlan,
  options: RunPlanOptions,
  id: string | undefined,
  running: Running,
): Promise<void> {
  const report = await run(plan, options, id, running);
  running.output.result(report, () => describe(plan, report));
}

async function run(
  plan: RestorePlan,
  options: RunPlanOptions,
  id: string | undefined,
  { store, output }: Running,
): Promise<ProvenReport> {
  const work = { kind: "restore", plan, bytesPerSecond: options.bytesPerSecond ?? 0 } as const;
  const { kind, path, name } = plan.target;
  const what = `${plan.kind} of ${plan.image.path} to ${kind === "file" ? path : `${name} (${path})`}`;
  const onStep = (step: Sentence) => output.tell(step);
  const all = { ...options, writerVersion: VERSION, onStep };
  const isElsewhere = kind === "file" && options.machine !== undefined;
  const mending = plan.mend && {
    ...{ kind: "mend" as const, target: plan.target, wish: plan.mend },
    ...(isElsewhere && { machine: options.machine }),
  };
  const operation = (job: string) =>
    restoreAndMend(plan, { ...all, ...(mending && { onRestored: () => store.update(job, mending) }) });
  const report = await runJob({ what, work, id }, operation, store, output);
  setRefusedStatus(report.mend);
  if (report.bad) process.exitCode = BAD_SECTORS_STATUS;
  if (!options.prove) return report;
  const proof = await proveRestored(plan, options.volumeKeys, output);
  setProofStatus(proof);
  return { ...report, proof };
}

const describe = (plan: RestorePlan, report: ProvenReport): string =>
  [
    ...restoredLines(plan, report).map(({ text }) => printable(text)),
    ...(report.proof ? [describeProof(report.proof)] : []),
  ].join("\n");
