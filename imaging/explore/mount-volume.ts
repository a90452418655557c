import { join } from "node:path";
import { isLifeboatError } from "#base/errors.ts";
import type { Volume } from "#imaging/explore/list-volumes.ts";
import { mountWays, type Way } from "#imaging/explore/mount-ways.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

const PURPOSE = "show the files of a volume";

/** A volume, and whether its files are shown in the folder of its name. */
export type ShownVolume = Volume &
  ({ readonly shown: true; readonly by: string } | { readonly shown: false; readonly reason: string });

/** Mounts a volume's file system on the folder of its name, when there is a driver for it. */
export async function mountVolume(volume: Volume, root: string): Promise<ShownVolume> {
  const { filesystem } = volume;
  if (!filesystem || volume.reason !== undefined) return { ...volume, shown: false, reason: volume.reason ?? "" };
  const reasons: string[] = [];
  for (const way of mountWays(filesystem.type)) {
    try {
      await mountBy(way, join(root, volume.file.name), join(root, volume.name));
      return { ...volume, shown: true, by: way.kind === "kernel" ? "kernel" : way.tool };
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  return {
    ...volume,
    shown: false,
    reason: reasons.join("; ") || insideWords["inside.no-driver"]({ filesystem: filesystem.type }),
  };
}

/**
 * With `loop`, mount(8) makes the loop device one that the kernel takes away at its last close: none is left, however
 * the mount ends. One for each volume: not every kernel makes nodes for partitions on loop devices.
 */
async function mountBy(way: Way, file: string, folder: string): Promise<void> {
  if (way.kind === "kernel")
    await runTool("mount", ["-t", way.type, "-o", [...way.options, "loop"].join(","), file, folder], PURPOSE);
  else if (way.wantsDevice) await mountDevice(way, file, folder);
  else await runTool(way.tool, ["-o", way.options.join(","), file, folder], PURPOSE);
}

async function mountDevice(way: Extract<Way, { kind: "program" }>, file: string, folder: string): Promise<void> {
  const device = (await runTool("losetup", ["--find", "--show", "--read-only", file], PURPOSE)).trim();
  try {
    await runTool(way.tool, ["-o", way.options.join(","), device, folder], PURPOSE);
  } finally {
    // Of a device in use, the kernel carries out the detachment at its last close.
    await runTool("losetup", ["--detach", device], PURPOSE);
  }
}

/** The first line says it; the ones that follow are advice about dmesg(1). */
function reasonOf(error: unknown): string {
  if (!isLifeboatError(error)) throw error;
  if (isLifeboatError(error, "TOOL_MISSING")) return `${error.details.tool} is not installed`;
  if (!isLifeboatError(error, "TOOL_FAILED")) throw error;
  const line = error.details.output.split("\n").find((text) => text.trim() !== "") ?? "";
  return `${error.details.tool}: ${line.replace(/^mount: .*?: /, "").trim()}`;
}
