import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { copyVariables } from "#imaging/prove/qemu/firmware-files.ts";
import type { MachineFiles } from "#imaging/prove/qemu/machine.ts";
import type { VmOptions } from "#imaging/prove/qemu/options.ts";
import { COM1 } from "#imaging/prove/vm-files.ts";
import { runTool } from "../../fixtures/run-tool.ts";

/** Where serial logs and screenshots of the VM `name` are kept. */
export const vmDirectory = (name: string): string => resolve(import.meta.dirname, "../../../out/vm", name);

export interface HostFiles extends MachineFiles, AsyncDisposable {
  readonly serialLog: string;
}

/** Makes an empty directory out/vm/<name>, the overlays and the variable store. Disposing keeps the logs only. */
export async function makeHostFiles(options: VmOptions): Promise<HostFiles> {
  if (!/^[\w.-]+$/.test(options.name)) throw new RangeError(`VM name ${JSON.stringify(options.name)}`);
  await using made = new AsyncDisposableStack();
  const directory = vmDirectory(options.name);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const overlays = new Map<number, string>();
  for (const [index, disk] of (options.disks ?? []).entries()) {
    if (!disk.overlay) continue;
    const overlay = made.adopt(join(directory, `overlay-${index}.qcow2`), remove);
    await runTool("qemu-img", ["create", "-q", "-f", "qcow2", "-F", disk.format, "-b", resolve(disk.file), overlay]);
    overlays.set(index, overlay);
  }
  const firmware = options.firmware ?? "bios";
  const variables = firmware === "bios" ? undefined : made.adopt(join(directory, "variables.fd"), remove);
  if (firmware !== "bios" && variables) await copyVariables(firmware, variables);
  const serialPort = options.firmwareOnSerial ? made.adopt(join(directory, "serial-port"), remove) : undefined;
  if (serialPort) await writeFile(serialPort, COM1);
  const kept = made.move();
  return {
    directory,
    serialLog: join(directory, "serial.log"),
    ...(variables ? { variables } : {}),
    ...(serialPort ? { serialPort } : {}),
    overlays,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
