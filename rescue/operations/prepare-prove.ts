import { diskName } from "#imaging/inventory/disk.ts";
import { findAcceleration } from "#imaging/prove/acceleration.ts";
import { proofLines } from "#imaging/prove/describe-proof.ts";
import { availableMemory, chooseMemory } from "#imaging/prove/memory.ts";
import { proveBoot } from "#imaging/prove/prove-boot.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import { type PrepareDeps, type Prepared, steadily } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "prove" }>;

/** As `lifeboat boot prove` does it. @throws NOT_FOUND, PROOF_NO_MEMORY, TOOL_MISSING: where it cannot be done, that is said first */
export async function prepareProve({ diskId }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const disk = await freeDisk(deps, diskId);
  const memory = chooseMemory(undefined, await availableMemory());
  await findAcceleration(new AbortController().signal);
  const name = diskName(disk);
  return {
    ...{ kind: "prove", title: `boot proof of ${name}`, subject: name, busy: name, writes: [], reads: [diskId] },
    lines: [say("prove.plan", { disk: name, mib: memory }), say("prove.safe")],
    confirmation: { level: "none", text: "Nothing is written to the disk.", words: name, id: diskId },
    run: (signal) => steadily("prove", async () => proofLines(await proveBoot({ source: { disk } }, { signal }))),
  };
}
