import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { Acceleration } from "#imaging/prove/acceleration.ts";
import { type Machine, startMachine } from "#imaging/prove/qemu/machine.ts";
import type { DiskBus, Firmware } from "#imaging/prove/qemu/options.ts";
import { showFiles } from "#imaging/prove/show-files.ts";
import { makeVmFiles, VM_USER } from "#imaging/prove/vm-files.ts";

export interface ProofMachineOptions {
  /** Which the guest may write to. */
  readonly disk: BlockDevice;
  readonly firmware: Extract<Firmware, "bios" | "uefi">;
  readonly bus: DiskBus;
  readonly memoryMiB: number;
  readonly acceleration: Acceleration;
}

export interface ProofMachine extends Machine {
  /** A folder that QEMU can write to. */
  readonly directory: string;
}

const DISK_FILE = "disk.img";
const MOST_CPUS = 2;

/**
 * Starts a virtual machine with that disk and without a network: what is on the disk may be the twin of a machine that is up.
 * It runs as nobody, and all of this machine that it can reach is one open file.
 * @throws TOOL_MISSING, FUSE_UNAVAILABLE, CREATE_FAILED; an Error when QEMU refuses
 */
export async function startProofMachine(options: ProofMachineOptions): Promise<ProofMachine> {
  const { disk, firmware, bus, memoryMiB, acceleration } = options;
  await using stack = new AsyncDisposableStack();
  const shown = stack.use(await showFiles(new Map([[DISK_FILE, disk]]), [], disk.path, { others: true }));
  const files = stack.use(await makeVmFiles(firmware, VM_USER));
  const sectorSize = disk.sectorSize === 4096 ? ({ sectorSize: 4096 } as const) : {};
  const machine = stack.use(
    await startMachine(
      {
        ...{ name: "lifeboat-prove", accelerator: acceleration.accelerator, firmware, memoryMiB },
        cpus: Math.min(MOST_CPUS, availableParallelism()),
        disks: [{ file: "/dev/fdset/1", format: "raw", bus, ...sectorSize }],
        displaySize: { width: 1024, height: 768 },
        // Loaders of UEFI start the machine anew when they have put their entry into the firmware's memory.
        ...{ reboot: true, firmwareOnSerial: true },
      },
      files,
      { user: VM_USER, group: acceleration.group, opened: join(shown.folder, DISK_FILE) },
    ),
  );
  const all = stack.move();
  return {
    ...{ directory: files.directory, pid: machine.pid, exited: machine.exited, qmp: machine.qmp },
    get running() {
      return machine.running;
    },
    get peakMemory() {
      return machine.peakMemory;
    },
    ...{ serialOutput: machine.serialOutput, serialInput: machine.serialInput, messages: machine.messages },
    ...{ screen: machine.screen, quit: machine.quit },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
