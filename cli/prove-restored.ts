import type { Output } from "#cli/output.ts";
import { proofProgress } from "#cli/proof-progress.ts";
import { withSignal } from "#cli/with-signal.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { proveBoot } from "#imaging/prove/prove-boot.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

/** Exit statuses: it does not start, and it is not known. */
export const NO_START_STATUS = 4;
export const UNKNOWN_STATUS = 3;

/** Starts what was restored in a virtual machine, on a throw-away copy. */
export async function proveRestored(
  { target, mend }: RestorePlan,
  keys: readonly VolumeKey[] | undefined,
  output: Output,
): Promise<BootProof> {
  const disk = await findDisk(target.kind === "file" ? target.path : target.id, fileOptions(target));
  const request = { source: { disk }, firmware: mend?.firmware, keys };
  return await withSignal(`boot proof of ${target.name}`, (signal) =>
    proveBoot(request, { signal, onProgress: proofProgress(output) }),
  );
}

/** The status of a command that ends with a proof. */
export function setProofStatus({ verdict }: BootProof): void {
  if (verdict !== "up") process.exitCode = verdict === "unknown" ? UNKNOWN_STATUS : NO_START_STATUS;
}
