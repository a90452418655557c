import { chown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyVariables } from "#imaging/prove/qemu/firmware-files.ts";
import type { MachineFiles } from "#imaging/prove/qemu/machine.ts";
import type { Firmware } from "#imaging/prove/qemu/options.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { processIdentity } from "#imaging/system/process-identity.ts";

/**
 * Who the virtual machine runs as: a number that no package of a distribution has (systemd keeps it for users that it makes
 * up, docs/UIDS-GIDS.md), so that nothing of this machine is its own.
 */
export const VM_USER = 64_938;

/** Folders of virtual machines, each named after its process: PID@START. */
const PREFIX = "lifeboat-prove-";
/** The first serial port of a PC, as SeaBIOS wants its number: two bytes, little-endian. */
export const COM1 = Uint8Array.of(0xf8, 0x03);

/**
 * A folder for the files of one virtual machine, which are its user's. What processes left that have ended is removed first.
 * @throws CREATE_FAILED; TOOL_MISSING when UEFI's files are not installed
 */
export async function makeVmFiles(firmware: Firmware, user: number): Promise<MachineFiles & AsyncDisposable> {
  await clearVmFiles();
  const name = `${PREFIX}${await processIdentity(process.pid)}-`;
  const directory = await mkdtemp(join(tmpdir(), name)).catch((cause: unknown) => {
    throw createError(tmpdir(), cause);
  });
  await using made = new AsyncDisposableStack();
  made.defer(() => rm(directory, { recursive: true, force: true }));
  const serialPort = join(directory, "serial-port");
  const variables = join(directory, "variables.fd");
  await writeFile(serialPort, COM1);
  if (firmware !== "bios") await copyVariables(firmware, variables);
  for (const path of [directory, serialPort, ...(firmware === "bios" ? [] : [variables])])
    await chown(path, user, user);
  const kept = made.move();
  return {
    ...{ directory, serialPort, overlays: new Map() },
    ...(firmware !== "bios" && { variables }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** @returns how many folders of ended processes were removed */
export async function clearVmFiles(): Promise<number> {
  let cleared = 0;
  for (const name of await readdir(tmpdir())) {
    const owner = /^lifeboat-prove-((\d+)@\d+)-/.exec(name);
    if (!owner || (await processIdentity(Number(owner[2]))) === owner[1]) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
    cleared++;
  }
  return cleared;
}
