import type { VmOptions } from "#imaging/prove/qemu/options.ts";
import type { LaunchOptions } from "#imaging/prove/qemu/qemu-process.ts";
import { startVm } from "./start-vm.ts";
import type { Vm } from "./vm.ts";

/** Runs `use` with a VM of its own. A failure names the serial log and a screenshot of that moment, both kept. */
export async function withVm<T>(
  options: VmOptions,
  use: (vm: Vm) => Promise<T>,
  launch: LaunchOptions = {},
): Promise<T> {
  await using vm = await startVm(options, launch);
  try {
    return await use(vm);
  } catch (cause) {
    const picture = vm.running ? await vm.screendump("failure.png").catch(() => undefined) : undefined;
    const message = cause instanceof Error ? cause.message : String(cause);
    const kept = [`serial log: ${vm.serialLog}`, `screenshot: ${picture ?? "none"}`];
    throw new Error(`${vm.name}, ${vm.elapsedSeconds.toFixed(1)} s after its start: ${message}\n${kept.join("\n")}`, {
      cause,
    });
  }
}
