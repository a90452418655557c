import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DeviceUse } from "#imaging/inventory/lsblk.ts";
import { isOpen } from "#imaging/system/is-open.ts";

/** Who uses a raw disk image: loop devices, whoever attached them, and programs such as a virtual machine. */
export async function fileUses(file: string): Promise<DeviceUse[]> {
  const uses = await loopUses(file);
  const others = { except: process.pid };
  if (await isOpen(file, others))
    uses.push({
      path: file,
      text: "another program has it open",
      writes: await isOpen(file, { ...others, writes: true }),
    });
  return uses;
}

async function loopUses(file: string): Promise<DeviceUse[]> {
  const wanted = await stat(file);
  const uses: DeviceUse[] = [];
  for (const name of (await readdir("/sys/block")).filter((n) => n.startsWith("loop"))) {
    const backing = (await readFile(join("/sys/block", name, "loop/backing_file"), "utf8").catch(() => "")).trim();
    const found = backing === "" ? undefined : await stat(backing).catch(() => undefined);
    // A hard link is the same file by another name.
    const isSame = found?.ino === wanted.ino && found.dev === wanted.dev;
    if (isSame || backing === file)
      uses.push({ path: `/dev/${name}`, text: `it is attached as /dev/${name}`, writes: true });
  }
  return uses;
}
