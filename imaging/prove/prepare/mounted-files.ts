import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MOST_NAMES, MOST_TEXT, type VolumeFiles } from "#imaging/prove/prepare/volume-files.ts";
import { runSurely, runToEnd } from "#imaging/resize/run-to-end.ts";
import { unmountWritten } from "#imaging/system/unmount-written.ts";

const PURPOSE = "prepare a boot proof";

/**
 * `nosymfollow`: a link on somebody's disk must not lead a write of ours to a file of this machine (mount(8)). Nothing on it
 * is run, and none of its device nodes opens.
 */
const ALWAYS = ["rw", "loop", "nodev", "nosuid", "noexec", "nosymfollow", "noatime"];
const MORE: Readonly<Record<string, readonly string[]>> = {
  // What the volume says of errors may be a panic of this machine (ext4(5)).
  ext2: ["errors=remount-ro"],
  ext3: ["errors=remount-ro"],
  ext4: ["errors=remount-ro"],
  // Its source may be mounted on this machine.
  xfs: ["nouuid"],
  btrfs: [],
};

/** Whether the kernel mounts it with links left alone. */
export const isMountable = (type: string): boolean => Object.hasOwn(MORE, type);

/**
 * Mounts a volume's file on a folder while `use` runs. Its files are reached by the system's own tools alone: file calls of
 * this process would wait in the threads that our FUSE server needs to answer them.
 * @throws TOOL_FAILED when the kernel does not mount it
 */
export async function withMounted<T>(
  volume: { readonly file: string; readonly folder: string; readonly type: string },
  signal: AbortSignal,
  use: (files: VolumeFiles) => Promise<T>,
): Promise<T> {
  const options = [...ALWAYS, ...(MORE[volume.type] ?? [])].join(",");
  await runSurely("mount", ["-t", volume.type, "-o", options, volume.file, volume.folder], {
    purpose: PURPOSE,
    signal,
  });
  const scratch = await mkdtemp(join(tmpdir(), "lifeboat-prove-"));
  try {
    return await use(mountedFiles(volume.folder, scratch, signal));
  } finally {
    await rm(scratch, { recursive: true });
    // Of a loop device of mount's own making, the kernel carries out the detachment at its last close.
    await unmountWritten(volume.folder, PURPOSE);
  }
}

function mountedFiles(root: string, scratch: string, signal: AbortSignal): VolumeFiles {
  const options = { purpose: PURPOSE, signal };
  const find = async (folder: string, tests: readonly string[]): Promise<string[]> => {
    const args = [join(root, folder), "-mindepth", "1", "-maxdepth", "1", ...tests, "-printf", "%f\\0"];
    const { stdout } = await runToEnd("find", args, options);
    return stdout.split("\0").filter((name) => name !== "");
  };
  const isText = async (path: string): Promise<boolean> => {
    const args = [join(root, path), "-maxdepth", "0", "-type", "f", "-size", `-${MOST_TEXT >> 10}k`, "-print"];
    return (await runToEnd("find", args, options)).stdout !== "";
  };
  return {
    list: async (folder, ending) =>
      (await find(folder, ["-type", "f", "-name", `*${ending}`])).sort().slice(0, MOST_NAMES),
    folders: async (folder) => (await find(folder, ["-type", "d"])).sort().slice(0, MOST_NAMES),
    async read(path) {
      // Nothing else is opened: a FIFO of that name would wait for ever.
      if (!(await isText(path))) return undefined;
      const { status, stdout } = await runToEnd("head", ["--bytes=1M", "--", join(root, path)], options);
      return status === 0 ? stdout : undefined;
    },
    async write(path, text) {
      const beside = join(scratch, "text");
      await writeFile(beside, text);
      await runSurely("mkdir", ["--parents", "--", dirname(join(root, path))], options);
      await runSurely("cp", ["--remove-destination", "--", beside, join(root, path)], options);
    },
    async link(target, path) {
      await runSurely("mkdir", ["--parents", "--", dirname(join(root, path))], options);
      await runSurely("ln", ["--symbolic", "--force", "--no-dereference", "--", target, join(root, path)], options);
    },
  };
}
