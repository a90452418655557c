import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DeviceUse } from "#imaging/inventory/lsblk.ts";
import { isOpen } from "#imaging/system/is-open.ts";

/** Who uses a raw disk image: loop devices, whoever attached them, and programs such as a virtual machine. */
export async function fileUses(file: string): Promise<DeviceUse[]> {
  const uses = await loopUses(file);
  const mode = await modeOfOthers(file);
  if (mode) uses.push({ path: file, text: "another program has it open", writes: mode === "write" });
  return uses;
}

/** A look at a disk image is over within this time: two of our own that look at once are no reason to refuse both. */
const LOOK_MS = 2000;
const POLL_MS = 100;

/** How programs other than this one have the file open; who only reads it counts when that lasts. */
async function modeOfOthers(file: string): Promise<"read" | "write" | undefined> {
  const others = { except: process.pid };
  const until = performance.now() + LOOK_MS;
  for (;;) {
    if (!(await isOpen(file, others))) return undefined;
    if (await isOpen(file, { ...others, writes: true })) return "write";
    if (performance.now() >= until) return "read";
    await sleep(POLL_MS);
  }
}

async function loopUses(file: string): Promise<DeviceUse[]> {
  const wanted = await stat(file);
  const uses: DeviceUse[] = [];
  for (const name of (await readdir("/sys/block").catch(() => [])).filter((n) => n.startsWith("loop"))) {
    const backing = (await readFile(join("/sys/block", name, "loop/backing_file"), "utf8").catch(() => "")).trim();
    const found = backing === "" ? undefined : await stat(backing).catch(() => undefined);
    // A hard link is the same file by another name.
    const isSame = found?.ino === wanted.ino && found.dev === wanted.dev;
    if (isSame || backing === file)
      uses.push({ path: `/dev/${name}`, text: `it is attached as /dev/${name}`, writes: true });
  }
  return uses;
}
