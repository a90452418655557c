import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import { fixedAt, type Resizer, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd } from "#imaging/resize/run-to-end.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

/**
 * exFAT has no tool that resizes it. A copy into a new one would lose something without a word: no driver and no tool
 * in Debian sets the time at which a file was made, and exfat-fuse, the only one where the kernel has no driver,
 * neither shows nor sets the attributes hidden, system and read-only.
 */
export const exfat: Resizer = {
  types: ["exfat"],
  way: { smaller: "none", larger: "none" },
  limits: async ({ size }) => fixedAt(size, REASON),
  resize: async (volume, size) => {
    throw resizeFailed(volume, size, REASON);
  },
  check,
};

const REASON = limitWords["limit.exfat"];

async function check(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const result = await runToEnd("fsck.exfat", ["-n", volume.path], { purpose: "check an exFAT file system", signal });
  if (result.status !== 0) throw unsound(volume, "fsck.exfat", reasonIn(result, /^exfatprogs version|^$/));
}
