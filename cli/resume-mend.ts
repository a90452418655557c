import type { Sentence } from "#base/sentence.ts";
import { mendMachine, setRefusedStatus } from "#cli/mend-options.ts";
import type { Output } from "#cli/output.ts";
import { runJob } from "#cli/run-job.ts";
import type { JobStore, MendWork } from "#imaging/job/job-store.ts";
import { describeMendReport } from "#imaging/mend/describe-mend.ts";
import { mendWritten } from "#imaging/mend/mend-written.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

interface Left {
  readonly id: string;
  readonly what: string;
  readonly work: MendWork;
}

/** The second part of a restore, whose first is done: the systems on the disk are made ready to start. */
export async function resumeMend(
  { id, what, work }: Left,
  keys: readonly VolumeKey[],
  { store, output }: { store: JobStore; output: Output },
): Promise<void> {
  const machine = work.machine ?? (await mendMachine({}, work.target.kind));
  const options = { machine, keys, onStep: (step: Sentence) => output.tell(step) };
  const report = await runJob({ what, work, id }, () => mendWritten(work.target, work.wish, options), store, output);
  output.result(report, () => describeMendReport(report));
  setRefusedStatus(report);
}
