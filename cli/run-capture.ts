import { readFile } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import type { Output } from "#cli/output.ts";
import { regionTable } from "#cli/region-table.ts";
import { runJob } from "#cli/run-job.ts";
import type { BadSectors } from "#imaging/capture/bad-sectors.ts";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import { type CaptureJournal, journalPath } from "#imaging/capture/capture-journal.ts";
import type { CaptureReport, CaptureRequest, UnlockKey } from "#imaging/capture/capture-request.ts";
import type { JobStore } from "#imaging/job/job-store.ts";

/** An image with bad sectors is made, and is not what was asked for: docs/errors.md, device I/O. */
const BAD_SECTORS_STATUS = 6;

export async function runCapture(
  request: CaptureRequest,
  from: { journal: CaptureJournal; id?: string | undefined } | undefined,
  { store, output }: { store: JobStore; output: Output },
): Promise<void> {
  const job = {
    what: `capture of ${request.disk.path} into ${request.to}`,
    work: { kind: "capture", journal: journalPath(request.to) },
    id: from?.id,
    outlastsCancel: from !== undefined,
  } as const;
  const report = await runJob(job, () => (signal) => captureDisk(request, signal, from?.journal), store, output);
  output.result(report, () => describe(report));
  if (report.bad) process.exitCode = BAD_SECTORS_STATUS;
}

export const readKeyFiles = (keys: readonly { partition: number; keyFile: string }[]): Promise<UnlockKey[]> =>
  Promise.all(
    keys.map(async ({ partition, keyFile }) => {
      const key = await readFile(keyFile).catch((cause: Error) => {
        throw new LifeboatError("OPEN_FAILED", { path: keyFile, reason: cause.message }, { cause });
      });
      return { partition, keyFile, key };
    }),
  );

const describe = (report: CaptureReport): string =>
  [
    `Captured ${formatBytes(report.capturedBytes)} of ${formatBytes(report.diskBytes)} in ${formatDuration(report.seconds)}`,
    `Image ${report.image}: ${formatBytes(report.imageBytes)}${report.volumes > 1 ? ` in ${report.volumes} files` : ""}, ${report.encrypted ? "encrypted, " : ""}${report.chunks} chunks, root hash ${report.rootHash.slice(0, 16)}`,
    report.verified ? "The image was read back and is intact." : "The image was not read back.",
    regionTable(report.regions),
    ...report.warnings.map((text) => printable(`! ${text}`)),
    ...(report.bad ? describeBad(report.bad) : []),
  ].join("\n");

export const describeBad = (bad: Omit<BadSectors, "mapFile"> & Partial<BadSectors>): string[] => [
  `! ${formatBytes(bad.bytes)} (${bad.bytes} bytes) in ${bad.places} places of the disk could not be read, and are zeros in the image`,
  ...(bad.mapFile ? [`  where: ${bad.mapFile} (a map of GNU ddrescue)`] : []),
  ...bad.files.map(({ partition, path, bytes }) =>
    printable(`  affected: partition ${partition}, ${path}, ${formatBytes(bytes)}`),
  ),
  ...(bad.moreFiles > 0 ? [`  and ${bad.moreFiles} more files`] : []),
  ...bad.notes.map((text) => printable(`  ${text}`)),
];
