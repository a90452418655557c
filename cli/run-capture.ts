import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import { type HookOptions, withHooks } from "#cli/hooks.ts";
import type { Output } from "#cli/output.ts";
import { regionTable } from "#cli/region-table.ts";
import { runJob } from "#cli/run-job.ts";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import { type CaptureJournal, journalPath } from "#imaging/capture/capture-journal.ts";
import type { CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { describeBad } from "#imaging/capture/describe-bad.ts";
import { capturedSaid, checkedSaid } from "#imaging/capture/describe-captured.ts";
import type { JobStore } from "#imaging/job/job-store.ts";

const NO_HOOKS: HookOptions = { hookTimeout: 0 };

/** An image with bad sectors is made, and is not what was asked for: docs/errors.md, device I/O. */
export const BAD_SECTORS_STATUS = 6;

export async function runCapture(
  request: CaptureRequest,
  from: { journal: CaptureJournal; id?: string | undefined } | undefined,
  { store, output, hooks = NO_HOOKS }: { store: JobStore; output: Output; hooks?: HookOptions },
): Promise<void> {
  const job = {
    what: `capture of ${request.disk.path} into ${request.to}`,
    work: { kind: "capture", journal: journalPath(request.to) },
    id: from?.id,
    outlastsCancel: from !== undefined,
  } as const;
  const subject = { job: "capture", disk: request.disk.path, image: request.to } as const;
  const { result: report, hooks: ran } = await withHooks(hooks, subject, output, () =>
    runJob(job, () => (signal) => captureDisk(request, signal, from?.journal), store, output),
  );
  output.result({ ...report, ...(ran.length > 0 && { hooks: ran }) }, () => describe(report));
  if (report.bad) process.exitCode = BAD_SECTORS_STATUS;
}

const describe = (report: CaptureReport): string =>
  [
    capturedSaid(report).text,
    `Image ${report.image}: ${formatBytes(report.imageBytes)}${report.volumes > 1 ? ` in ${report.volumes} files` : ""}, ${report.encrypted ? "encrypted, " : ""}${report.chunks} chunks, root hash ${report.rootHash.slice(0, 16)}`,
    checkedSaid(report).text,
    regionTable(report.regions),
    ...report.warnings.map((text) => printable(`! ${text}`)),
    ...(report.bad ? describeBad(report.bad) : []),
  ].join("\n");
