import { rmdir } from "node:fs/promises";
import { join } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { endServer } from "#imaging/explore/end-server.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import { serveTree } from "#imaging/explore/fuse/fuse-server.ts";
import { clearPrivateFolders, makePrivateFolder } from "#imaging/explore/private-folder.ts";
import type { Extent, ExtentList } from "#imaging/extent.ts";
import { StagedBytes } from "#imaging/stage/staged-bytes.ts";

/** Folders in which volumes are staged, each named after its process. */
export const STAGE_ROOT = "/run/lifeboat/stage";
const FILE = "volume.img";
const FOLDER = "files";
/** Bytes. Tools write little behind the new end: superblocks' copies, a journal, trees on their way down. */
const SCRATCH_BYTES = 256 << 20;

export interface StagedVolumeOptions {
  /** The target disk, held by the caller, opened for writing. */
  readonly target: BlockDevice;
  /** Byte of the target where the volume starts. */
  readonly start: number;
  /** Bytes of the volume that lie on the target: its new size. */
  readonly size: number;
  /** The volume as it was; undefined when all that is shown lies on the target. */
  readonly original?: ReadableDevice | undefined;
  /** Bytes of the file that tools see: the larger of the new and the old size. */
  readonly shown: number;
  /** What of the volume stays on the target as it is: what is written there is kept beside it. */
  readonly protect?: ExtentList | undefined;
  /** Bytes that may be written behind `size` and to what is protected at the most, default 256 MiB. */
  readonly scratchBytes?: number;
}

/** The first read and the first write beneath that failed. A read may have been the kernel's own, ahead of the tool. */
export interface StageFailures {
  readonly read?: Error;
  readonly write?: Error;
}

/** When it is disposed of, its mounts are gone. */
export interface StagedVolume extends AsyncDisposable {
  /**
   * The file for tools. Nothing of this process may open it, or look into its folder. Each call of a tool is a request
   * to this process: who moves a cluster at a time (ntfsresize) is four times as fast on a loop device with `direct`.
   */
  readonly path: string;
  /** An empty folder to mount the file system on: a mount there goes with the stage, also when this process was killed. */
  readonly folder: string;
  /** Bytes that are shown. */
  readonly size: number;
  /** Bytes of scratch that are taken: what was written behind the new end, or to what is protected, in pages. */
  readonly scratchBytes: number;
  /** The volume as tools have left it, for this process, which must not open the file. */
  readonly view: ReadableDevice;
  /** What of the volume is in the scratch file alone, in order. */
  kept(): Iterable<Extent>;
  /** Why a tool got an error: it is told EIO and no more. A tool may also have passed over it. */
  readonly failures: StageFailures;
  /** Makes durable what tools that have ended have written to the target. */
  flush(): Promise<void>;
}

/**
 * Shows a volume to the tools that change its size: a file whose first bytes are a part of the target, and whose others
 * are those of the original. What is written behind the target's part is forgotten in the end; the original is only read.
 * What a process that was killed has left of its own stages is taken away first.
 * @throws STAGE_FAILED, CREATE_FAILED; RangeError when the parts do not make up what is shown
 */
export async function stageVolume(options: StagedVolumeOptions): Promise<StagedVolume> {
  await clearStages();
  await using stack = new AsyncDisposableStack();
  const { target, original, shown, scratchBytes = SCRATCH_BYTES } = options;
  const bytes = stack.use(new StagedBytes({ ...options, scratchBytes }));
  const folder = await makePrivateFolder(STAGE_ROOT);
  stack.defer(() => rmdir(folder).catch(() => {}));
  const failures: { read?: Error; write?: Error } = {};
  const source = original?.path ?? target.path;
  const tree = { files: [servedFile(bytes, target, shown, failures)], folders: [FOLDER], time: now() };
  const server = await serveTree(tree, source, folder).catch((cause: unknown) => {
    throw stageError(source, cause);
  });
  stack.defer(() => endServer(server, folder));
  const all = stack.move();
  return {
    ...{ path: join(folder, FILE), folder: join(folder, FOLDER), size: shown, failures },
    get scratchBytes() {
      return bytes.scratchBytes;
    },
    view: { path: target.path, size: shown, sectorSize: target.sectorSize, read: (into, at) => bytes.read(into, at) },
    kept: () => bytes.kept(),
    flush: () => target.flush(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Takes away the mounts and loop devices of stages whose process has ended. @returns of how many */
export const clearStages = (): Promise<number> => clearPrivateFolders(STAGE_ROOT);

const now = (): number => Math.floor(Date.now() / 1000);

type Failures = { -readonly [K in keyof StageFailures]: StageFailures[K] };

/** All of it counts as data: where the original has holes nobody needs to know. */
function servedFile(bytes: StagedBytes, target: BlockDevice, size: number, failures: Failures): ServedFile {
  const noting = async (kind: keyof StageFailures, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      failures[kind] ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  return {
    ...{ name: FILE, size, usedBytes: size },
    read: (into, offset) => noting("read", bytes.read(into, offset)),
    write: (data, offset) => noting("write", bytes.write(data, offset)),
    flush: () => noting("write", target.flush()),
    nextData: (offset) => offset,
    nextHole: () => size,
  };
}

/** Errors of mounting speak of images that are looked into. */
function stageError(volume: string, cause: unknown): unknown {
  if (!isLifeboatError(cause)) return cause;
  const reason = "reason" in cause.details ? String(cause.details.reason) : cause.text;
  return new LifeboatError("STAGE_FAILED", { volume, reason }, { cause });
}
