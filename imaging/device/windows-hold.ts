import { LifeboatError } from "#base/errors.ts";
import { parseDiskDetail } from "#imaging/device/windows-diskpart.ts";
import { physicalDrivePath } from "#imaging/device/windows-path.ts";
import { type RunDiskpart, runDiskpart } from "#imaging/device/windows-run-diskpart.ts";
import { windowsCommand } from "#imaging/system/windows-command.ts";

/** Dismounts one volume by its letter. Another one in tests. */
export type Dismount = (letter: string) => Promise<void>;

export interface HoldOptions {
  /** Also takes its write protection away, which Windows sets for disks that it does not know. */
  readonly write?: boolean;
  readonly diskpart?: RunDiskpart;
  readonly dismount?: Dismount;
}

const mountvol: Dismount = async (letter) => {
  await windowsCommand("mountvol.exe", [`${letter}:`, "/p"], "dismount a volume");
};

/**
 * Takes a disk off line, so that Windows has no volume of it: it refuses writes into one that it has mounted ("Direct access to disks and
 * volumes", KB942448), and would write itself. Removable disks cannot be off line; their volumes are dismounted one by one
 * (`mountvol X: /p`), which also keeps Windows from mounting them again. Disposing of it brings the disk on line again, and Windows reads
 * what it holds now.
 * @throws TARGET_IN_USE when Windows keeps a volume; WINDOWS_DISK_UNKNOWN, TOOL_MISSING, TOOL_FAILED
 */
export async function holdWindowsDisk(
  number: number,
  { write = true, diskpart = runDiskpart, dismount = mountvol }: HoldOptions = {},
): Promise<AsyncDisposable> {
  const disk = physicalDrivePath(number);
  const select = `select disk ${number}`;
  const release = async () => {
    await diskpart([select, "online disk noerr"]);
  };
  const detail = async (lines: readonly string[]) => {
    const found = parseDiskDetail(await diskpart([select, ...lines, "detail disk"]));
    if (found) return found;
    throw new LifeboatError("WINDOWS_DISK_UNKNOWN", { disk, problem: "diskpart does not describe it" });
  };
  const writable = write ? ["attributes disk clear readonly noerr"] : [];
  const held = await detail([...writable, "offline disk noerr"]);
  for (const letter of held.letters) await dismount(letter).catch(() => {}); // what stays is seen below
  const left = held.letters.length > 0 ? (await detail([])).letters : [];
  if (left.length > 0) {
    await release();
    throw new LifeboatError("TARGET_IN_USE", { target: disk, by: `the volume ${left.join(":, ")}: of Windows` });
  }
  return { [Symbol.asyncDispose]: release };
}
