import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { MOST_NAMES, MOST_TEXT, type VolumeFiles } from "#imaging/prove/prepare/volume-files.ts";
import { runSurely, runToEnd } from "#imaging/resize/run-to-end.ts";

const PURPOSE = "look into an EFI system partition";
/** mtools refuses volumes whose size does not agree with their geometry, which firmware does not look at (mtools(1)). */
const ENVIRONMENT = { MTOOLS_SKIP_CHECK: "1", MTOOLS_LOWER_CASE: "0" };

/**
 * A FAT volume by mtools(1), which works on the file of its bytes: no driver of the kernel is needed. Its names have no case.
 * @param file shown by showFiles()
 */
export function fatFiles(file: string, signal: AbortSignal): VolumeFiles {
  const options = { purpose: PURPOSE, signal, environment: ENVIRONMENT };
  /** "::/EFI/BOOT/" is a folder, "::/EFI/BOOT/BOOTX64.EFI" a file: mdir(1), -b. */
  const names = async (folder: string): Promise<string[]> => {
    const { status, stdout } = await runToEnd("mdir", ["-b", "-i", file, `::/${folder}`], options);
    return status === 0 ? stdout.split("\n").filter((line) => line.startsWith("::/")) : [];
  };
  const last = (path: string): string => path.split("/").at(-1) ?? "";
  const list = async (folder: string, ending: string) =>
    (await names(folder))
      .filter((path) => path.toLowerCase().endsWith(ending.toLowerCase()) && !path.endsWith("/"))
      .map(last)
      .sort()
      .slice(0, MOST_NAMES);
  return {
    list,
    folders: async (folder) =>
      (await names(folder))
        .filter((path) => path.endsWith("/"))
        .map((path) => last(path.slice(0, -1)))
        .sort()
        .slice(0, MOST_NAMES),
    async read(path) {
      const { status, stdout } = await runToEnd("mtype", ["-i", file, `::/${path}`], options);
      return status === 0 && stdout.length <= MOST_TEXT ? stdout : undefined;
    },
    async write(path, text) {
      const scratch = await mkdtemp(join(tmpdir(), "lifeboat-prove-"));
      try {
        await writeFile(join(scratch, "text"), text);
        await runSurely("mcopy", ["-i", file, "-o", "-D", "o", join(scratch, "text"), `::/${path}`], options);
      } finally {
        await rm(scratch, { recursive: true });
      }
    },
    async link(_target, path) {
      throw new LifeboatError("TOOL_FAILED", { tool: "mtools", status: 1, output: `FAT has no links (${path})` });
    },
  };
}
