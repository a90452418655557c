import { createWriteStream } from "node:fs";
import { startMachine } from "#imaging/prove/qemu/machine.ts";
import type { VmOptions } from "#imaging/prove/qemu/options.ts";
import type { LaunchOptions } from "#imaging/prove/qemu/qemu-process.ts";
import { SerialText } from "#imaging/prove/qemu/serial-text.ts";
import { makeHostFiles } from "./host-files.ts";
import { Vm } from "./vm.ts";

/**
 * Starts a virtual machine under TCG and returns when it runs. Dispose of it to end it.
 * @throws TOOL_MISSING; an Error with QEMU's own message when it refuses its arguments
 */
export async function startVm(options: VmOptions, launch: LaunchOptions = {}): Promise<Vm> {
  await using made = new AsyncDisposableStack();
  const files = made.use(await makeHostFiles(options));
  const machine = made.use(await startMachine(options, files, launch));
  const serial = new SerialText();
  machine.serialOutput.on("data", (chunk: Buffer) => serial.append(chunk));
  machine.messages.pipe(createWriteStream(`${files.directory}/qemu.log`));
  // "close" comes after the last byte of standard output, "exit" may come before it.
  machine.exited.then(
    (how) => serial.end(`the VM ended (${how})`),
    () => {},
  );
  return new Vm(options, { files, machine, serial, resources: made.move() });
}
