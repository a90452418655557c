import { chmod, stat } from "node:fs/promises";
import { SOURCE_DATE_EPOCH } from "../recipe.ts";
import { runTool } from "../tool.ts";

/** Levels above 15 take much longer and save about one percent; larger blocks cost memory on a machine with 1 GiB. */
const COMPRESSION = ["-comp", "zstd", "-Xcompression-level", "15", "-b", "256K"];

/** Packs a tree into a squashfs whose bytes depend on the tree alone; returns its size. `owner` "root" gives all files to root. */
export async function squash(tree: string, out: string, owner: "kept" | "root"): Promise<number> {
  const time = String(SOURCE_DATE_EPOCH);
  await chmod(tree, 0o755); // its own folder was made under somebody's umask
  await runTool(
    "mksquashfs",
    [
      ...[tree, out, ...COMPRESSION, "-noappend", "-no-progress", "-quiet", "-all-time", time, "-mkfs-time", time],
      ...(owner === "root" ? ["-all-root"] : []),
    ],
    { purpose: "pack a layer of the rescue system" },
  );
  return (await stat(out)).size;
}
