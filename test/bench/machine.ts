import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { arch, availableParallelism, totalmem } from "node:os";
import { runTool } from "#test/fixtures/run-tool.ts";

/** What a reader needs to judge the numbers, and nothing that names the machine. */
export async function describeMachine(folder: string): Promise<string> {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const { stdout } = await runTool("findmnt", ["-n", "-o", "SOURCE,FSTYPE", "--target", folder]);
  const [source = "", filesystem = "unknown"] = stdout.trim().split(/\s+/);
  const versions = `Node ${process.versions.node}`;
  return `${availableParallelism()} cores (${arch()}), ${memory}, ${filesystem} on ${await storageKind(source)}; ${versions}`;
}

async function storageKind(source: string): Promise<string> {
  const name = source.replace(/^\/dev\//, "");
  if (/^(vd|xvd)/.test(name)) return "a virtual disk";
  if (name.startsWith("nvme")) return "an NVMe drive";
  const flag = `/sys/class/block/${name.replace(/\d+$/, "")}/queue/rotational`;
  if (!existsSync(flag)) return "unknown storage";
  return (await readFile(flag, "utf8")).trim() === "1" ? "a hard disk" : "a solid-state drive";
}
