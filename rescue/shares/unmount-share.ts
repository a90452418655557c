import { setTimeout as sleep } from "node:timers/promises";
import { LifeboatError } from "#base/errors.ts";
import { storeBucket } from "#imaging/bucket/store-written.ts";
import { isExplored } from "#imaging/explore/detach.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** Who just asks how much room there is holds it as long as its server takes to answer. */
const PATIENCE_MS = 3000;
const POLL_MS = 100;

/** What was written is stored first; where that fails it is unmounted too. @throws SHARE_IN_USE, WRITE_FAILED */
export async function unmountShare(point: string): Promise<void> {
  // Other file systems store by themselves what was written, before they are gone.
  const stored = await Promise.allSettled((await isExplored(point)) ? [storeBucket(point)] : []);
  const until = performance.now() + PATIENCE_MS;
  for (let isThere = true; isThere; )
    try {
      await runTool("umount", [point], "disconnect a share");
      isThere = false;
    } catch (cause) {
      if (performance.now() > until)
        throw new LifeboatError("SHARE_IN_USE", { share: point, reason: (cause as Error).message }, { cause });
      await sleep(POLL_MS);
    }
  for (const result of stored) if (result.status === "rejected") throw result.reason;
}

/** Lets go of a share whose server does not answer any more, whoever still has files of it open. */
export async function abandonShare(point: string): Promise<void> {
  await runTool("umount", ["--lazy", "--force", point], "let go of a share");
}
