import { createWriteStream } from "node:fs";
import { qemuArguments } from "./arguments.ts";
import { makeHostFiles } from "./host-files.ts";
import type { VmOptions } from "./options.ts";
import { spawnQemu } from "./qemu-process.ts";
import { Qmp } from "./qmp.ts";
import { SerialText } from "./serial-text.ts";
import { Vm } from "./vm.ts";

/**
 * Starts a virtual machine under TCG and returns when it runs. Dispose of it to end it.
 * @throws TOOL_MISSING; an Error with QEMU's own message when it refuses its arguments
 */
export async function startVm(options: VmOptions): Promise<Vm> {
  await using made = new AsyncDisposableStack();
  const files = made.use(await makeHostFiles(options));
  const qemu = made.use(spawnQemu(qemuArguments(options, files)));
  const serial = new SerialText();
  qemu.stdout.on("data", (chunk: Buffer) => serial.append(chunk));
  qemu.stderr.pipe(createWriteStream(`${files.directory}/qemu.log`));
  // "close" comes after the last byte of standard output, "exit" may come before it.
  qemu.closed.then(
    (how) => serial.end(`the VM ended (${how})`),
    () => {},
  );
  const qmp = await Qmp.open(files.qmpSocket, () => qemu.running).catch(async (cause: unknown) => {
    throw new Error(`QEMU did not start (${await qemu.closed}): ${qemu.messages()}`, { cause });
  });
  return new Vm(options, { files, qemu, serial, qmp, resources: made.move() });
}
