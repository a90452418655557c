import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import { fixedAt, type OnProgress, type Resizer, type SizeLimits, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runToEnd, type ToolResult } from "#imaging/resize/run-to-end.ts";
import { lookAt } from "#imaging/resize/tool-device.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

export const ntfs: Resizer = {
  types: ["ntfs"],
  way: { smaller: "in-place", larger: "in-place" },
  limits,
  resize,
  check,
};

const PURPOSE = "resize an NTFS volume";
/** Clusters have numbers of 32 bits in Windows, whatever the structures would allow. */
const MOST_CLUSTERS = 2 ** 32 - 1;
/** Windows works with a volume that has no free cluster, but cannot write to it: an update, a page file, a log. */
const RESERVE_SHARE = 1 / 64;
const LEAST_RESERVE = 8 << 20;

const NOISE =
  /^ntfsresize v|^(Device name|NTFS volume version|Cluster size|Current|New) |^Checking filesystem|percent|^$/;

/** ntfsresize's words (ntfsresize.c), and what they mean for somebody who restores. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/scheduled for check/, limitWords["limit.ntfs-check"]],
  [/is inconsistent|run chkdsk \/f/i, limitWords["limit.ntfs-journal"]],
  [/hibernat/i, limitWords["limit.ntfs-hibernated"]],
];

/** Damage, where a refusal would tell of a state. */
const DAMAGE = /Filesystem check failed|corrupt|cluster .* (referenced|accounting)|mismatch|Failed to (startup|load)/i;

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const filesystem = await lookAt(volume, signal);
  const current = filesystem?.type === "ntfs" ? filesystem.size : volume.size;
  const session = hibernation(filesystem?.warnings);
  if (session !== undefined) return fixedAt(current, session);
  const result = await askInfo(volume, [], signal);
  const most = MOST_CLUSTERS * Number(/^Cluster size +: (\d+)/m.exec(result.stdout)?.[1] ?? 4096);
  const isFull = /Volume is full/.test(result.stdout + result.stderr);
  if (isFull) return { least: current, most, notSmaller: limitWords["limit.full"] };
  if (result.status !== 0) {
    const refusal = refusalIn(result);
    if (refusal === undefined) throw unsound(volume, "ntfsresize", reasonIn(errors(result), NOISE));
    return fixedAt(current, refusal);
  }
  const smallest = Number(/resize at (\d+) bytes/.exec(result.stdout)?.[1] ?? Number.NaN);
  if (Number.isNaN(smallest)) return { least: current, most, notSmaller: limitWords["limit.ntfs-tool"] };
  const least = Math.ceil((smallest + Math.max(LEAST_RESERVE, smallest * RESERVE_SHARE)) / MIB) * MIB;
  if (least < current) return { least, most };
  return { least: current, most, notSmaller: limitWords["limit.nearly-full"] };
}

const MIB = 1 << 20;

/**
 * By ntfsresize(8), which checks it first and changes nothing when it finds a fault. It leaves the volume marked for
 * Windows' chkdsk, which runs at the next start of Windows; until then ntfsresize refuses it, and so do we.
 */
async function resize(volume: VolumeFile, size: number, signal?: AbortSignal, onProgress?: OnProgress): Promise<void> {
  const session = hibernation((await lookAt(volume, signal))?.warnings);
  if (session !== undefined) throw resizeFailed(volume, size, session);
  refuse(volume, size, await askInfo(volume, [], signal));
  // One --force answers its question. It takes a second one to resize a volume that is marked for a check.
  const args = ["--force", "--size", String(size), volume.path];
  const options = { purpose: PURPOSE, signal, ...(onProgress && { onOutput: progressOf(onProgress) }) };
  const result = await runToEnd("ntfsresize", args, options);
  // It ends well, too, where a question was not answered.
  const isDone = /Successfully resized|Nothing to do/.test(result.stdout);
  if (result.status !== 0 || !isDone)
    throw resizeFailed(volume, size, `ntfsresize: ${reasonIn(errors(result), NOISE)}`);
}

/** Each cluster of each file against the bitmap. --force, as a volume that was resized is marked for chkdsk. */
async function check(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const result = await askInfo(volume, ["--force"], signal);
  const isSound = result.status === 0 || /Volume is full/.test(result.stdout + result.stderr);
  if (!isSound) throw unsound(volume, "ntfsresize", refusalIn(result) ?? reasonIn(errors(result), NOISE));
}

const askInfo = (volume: VolumeFile, more: readonly string[], signal?: AbortSignal): Promise<ToolResult> =>
  runToEnd("ntfsresize", ["--info", "--no-progress-bar", ...more, volume.path], { purpose: PURPOSE, signal });

/** ntfsresize looks for a hibernated Windows only when it is to write, and then it is late to say so. */
const hibernation = (warnings: readonly string[] = []): string | undefined =>
  warnings.find((warning) => /hibernat/.test(warning));

function refuse(volume: VolumeFile, size: number, result: ToolResult): void {
  if (result.status === 0 || /Volume is full/.test(result.stdout + result.stderr)) return;
  const refusal = refusalIn(result);
  if (refusal !== undefined) throw resizeFailed(volume, size, refusal);
  throw unsound(volume, "ntfsresize", reasonIn(errors(result), NOISE));
}

function refusalIn({ stdout, stderr }: ToolResult): string | undefined {
  const said = stdout + stderr;
  if (DAMAGE.test(said)) return undefined;
  return REFUSALS.find(([words]) => words.test(said))?.[1];
}

/** Its complaints alone, where there are any: they may be on either output. */
function errors({ status, stdout, stderr }: ToolResult): ToolResult {
  const lines = `${stderr}\n${stdout}`.split("\n");
  const from = lines.findIndex((line) => /ERROR|check failed|mismatch|corrupt/i.test(line));
  return from < 0 ? { status, stdout, stderr } : { status, stdout: lines.slice(from).join("\n"), stderr: "" };
}

/** " 12.34 percent completed", with a carriage return before it. */
function progressOf(onProgress: OnProgress): (text: string) => void {
  return (text) => {
    const last = [...text.matchAll(/(\d+\.\d+) percent completed/g)].at(-1)?.[1];
    if (last !== undefined) onProgress(Math.min(1, Number(last) / 100));
  };
}
