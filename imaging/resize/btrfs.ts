import { withPrivateMount } from "#imaging/resize/private-mount.ts";
import { reasonIn, resizeFailed, unsound } from "#imaging/resize/problems.ts";
import { fixedAt, type OnProgress, type Resizer, type SizeLimits, type VolumeFile } from "#imaging/resize/resizer.ts";
import { runSurely, runToEnd, type ToolResult } from "#imaging/resize/run-to-end.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

export const btrfs: Resizer = {
  types: ["btrfs"],
  way: { smaller: "in-place", larger: "in-place" },
  limits,
  resize,
  check,
};

const PURPOSE = "resize a btrfs file system";
const MIB = 1 << 20;
/** The kernel makes none smaller (Linux, fs/btrfs/ioctl.c, btrfs_ioctl_resize). */
const SMALLEST = 256 * MIB;
const READ_ONLY = { type: "btrfs", options: ["ro", "rescue=nologreplay"] } as const;
const WRITABLE = { type: "btrfs", options: ["noatime"] } as const;

async function limits(volume: VolumeFile, signal?: AbortSignal): Promise<SizeLimits> {
  const { size, devices } = await dumpSuperblock(volume, signal);
  const most = Number.POSITIVE_INFINITY;
  if (devices > 1) return fixedAt(size, `it is one device of a btrfs over ${devices} devices`);
  const [usage, byChunks] = await withPrivateMount(volume, READ_ONLY, async (folder) => [
    await runSurely("btrfs", ["filesystem", "df", "--raw", folder], { purpose: PURPOSE, signal }),
    await runSurely("btrfs", ["inspect-internal", "min-dev-size", folder], { purpose: PURPOSE, signal }),
  ]);
  const byBytes = leastOf(usage, size);
  const least = Math.ceil(Math.max(SMALLEST, Math.min(byBytes, Number.parseInt(byChunks, 10))) / MIB) * MIB;
  if (least < size) return { least, most };
  const notSmaller = size <= SMALLEST ? limitWords["limit.btrfs-least"] : limitWords["limit.nearly-full"];
  return { least: size, most, notSmaller };
}

/** Of the largest chunk of data, and of metadata in file systems that are not large (Linux, fs/btrfs/volumes.c). */
const DATA_CHUNK = 1024 * MIB;
const METADATA_CHUNK = 256 * MIB;
const IS_LARGE = 50 * 1024 * MIB;

/**
 * min-dev-size takes each allocated chunk for full: a disk that was full once can never be smaller by it. The kernel
 * moves extents, and puts those of a chunk into the room of others. What it needs was tried out (docs/adr/0011): what
 * is used and a share for what does not fit well, and one chunk of data and of metadata more to move things through;
 * chunks of metadata stay as they are where that is more.
 */
function leastOf(usage: string, size: number): number {
  // No chunk has more than a tenth of the file system.
  const dataChunk = Math.min(DATA_CHUNK, size / 10);
  const metadataChunk = Math.min(size > IS_LARGE ? DATA_CHUNK : METADATA_CHUNK, size / 10);
  let sum = dataChunk;
  const rows = usage.matchAll(/^([\w+]+), ([\w-]+): total=(\d+), used=(\d+)$/gm);
  for (const [, kind = "", profile = "", total, used] of rows) {
    const copies = profile === "DUP" ? 2 : 1;
    if (kind.startsWith("Data")) sum += copies * Number(used) * 1.05;
    else if (kind === "Metadata") sum += copies * Math.max(Number(total), Number(used) * 1.1 + metadataChunk);
    else if (kind === "System") sum += copies * Number(total);
  }
  return sum;
}

async function resize(volume: VolumeFile, size: number, signal?: AbortSignal, onProgress?: OnProgress): Promise<void> {
  const { devices } = await dumpSuperblock(volume, signal);
  if (devices > 1) throw resizeFailed(volume, size, `it is one device of a btrfs over ${devices} devices`);
  await check(volume, signal);
  const rounded = Math.floor(size / 4096) * 4096;
  await withPrivateMount(volume, WRITABLE, async (folder) => {
    let result = await change(folder, rounded, signal);
    // What is spread over many chunks that are nearly empty may find no room. To pack it takes long, and is tried last.
    if (result.status !== 0 && /No space|enough free space/.test(result.stderr)) {
      onProgress?.(0);
      await pack(folder, signal);
      result = await change(folder, rounded, signal);
    }
    if (result.status !== 0) throw resizeFailed(volume, size, `btrfs: ${reasonIn(result, /^Resize |^$/)}`);
  });
}

/** btrfs-filesystem(8), resize. The kernel ends it between two chunks when it is told to. */
const change = (folder: string, size: number, signal?: AbortSignal): Promise<ToolResult> =>
  cancellable(["filesystem", "resize"], folder, ["filesystem", "resize", String(size), folder], signal);

/** btrfs-balance(8). Failing does not matter: whether there is room enough now shows at once. */
const pack = (folder: string, signal?: AbortSignal): Promise<ToolResult> =>
  cancellable(["balance"], folder, ["balance", "start", "-dusage=95", folder], signal);

async function cancellable(
  verb: readonly string[],
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<ToolResult> {
  const isResize = verb.includes("resize");
  const cancel = () => {
    const stop = isResize ? ["filesystem", "resize", "cancel", folder] : ["balance", "cancel", folder];
    runToEnd("btrfs", stop, { purpose: PURPOSE }).catch(() => {});
  };
  signal?.addEventListener("abort", cancel);
  try {
    return await runToEnd("btrfs", args, { purpose: PURPOSE, signal });
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** btrfs-check(8): all metadata, and their checksums. */
async function check(volume: VolumeFile, signal?: AbortSignal): Promise<void> {
  const result = await runToEnd("btrfs", ["check", "--readonly", volume.path], { purpose: PURPOSE, signal });
  if (result.status !== 0)
    throw unsound(volume, "btrfs check", reasonIn(result, /^Opening|^Checking|^UUID|^\[\d\/\d\]|^$/));
}

async function dumpSuperblock(volume: VolumeFile, signal?: AbortSignal): Promise<{ size: number; devices: number }> {
  const args = ["inspect-internal", "dump-super", volume.path];
  const result = await runToEnd("btrfs", args, { purpose: PURPOSE, signal });
  const number = (name: string) => Number(new RegExp(`^${name}\\s+(\\d+)`, "m").exec(result.stdout)?.[1] ?? Number.NaN);
  const found = { size: number("dev_item\\.total_bytes"), devices: number("num_devices") };
  if (result.status !== 0 || Number.isNaN(found.size)) throw unsound(volume, "btrfs", reasonIn(result));
  return found;
}
