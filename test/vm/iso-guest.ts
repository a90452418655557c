import { join } from "node:path";
import type { DiskOptions, VmOptions } from "#imaging/prove/qemu/options.ts";
import { buildIso, type IsoReport } from "#mediabuilder/build-iso.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import type { Vm } from "./qemu-run/vm.ts";

const projectRoot = join(import.meta.dirname, "../..");

/** Opens the root shell on the serial line that `Guest` talks to. An ISO for users has no such parameter. */
export const DEBUG_SHELL = "lifeboat.debug-shell=ttyS0";

/** An ISO of the sources as they are now, from the stages that `make iso` keeps; only the boot menu differs from the released one. */
export const buildTestIso = (name: string, kernelParameters: string, kiosk = true): Promise<IsoReport> =>
  buildIso({
    out: join(projectRoot, "out/vm", `${name}.iso`),
    workDir: join(projectRoot, "out/cache"),
    config: MediaConfig.parse({ kind: kiosk ? "kiosk" : "headless", firmware: false, kernelParameters }),
    log: () => {},
  });

/** How a medium is attached: as a CD, or written to a USB stick. */
export function medium(kind: "cd" | "usb", iso: string): Pick<VmOptions, "cdrom" | "disks"> {
  const stick: DiskOptions = { file: iso, format: "raw", bus: "usb", overlay: true, serial: "STICK" };
  return kind === "cd" ? { cdrom: iso } : { disks: [stick] };
}

/** Seconds since the start of the kernel at which the guest set a mark. */
export async function waitForMark(vm: Vm, mark: string, timeout: number): Promise<number> {
  const [, seconds] = await vm.waitForSerial(new RegExp(`LIFEBOAT-MARK ${mark} ([\\d.]+)\\s`), { timeout });
  return Number(seconds);
}

/** Runs commands in the guest's root shell on the serial line. */
export class Guest {
  readonly #vm: Vm;
  #commands = 0;

  private constructor(vm: Vm) {
    this.#vm = vm;
  }

  /** After the mark `userspace`. Without the echo of the terminal, output is found by its frame alone. */
  static async open(vm: Vm): Promise<Guest> {
    const guest = new Guest(vm);
    await vm.waitForSerial(/root@lifeboat:\S*# /, { timeout: 180 });
    vm.sendSerial("stty -echo; bind 'set enable-bracketed-paste off'; PS1=; echo 'shell' 'ready'\n");
    await vm.waitForSerial("shell ready", { timeout: 60 });
    return guest;
  }

  /** What the command printed. Rejects when its status is not 0. */
  async run(command: string, timeout = 60): Promise<string> {
    const frame = `frame-${++this.#commands}`;
    this.#vm.sendSerial(`echo begin-${frame}; ${command}; echo end-${frame} $?\n`);
    const pattern = new RegExp(`begin-${frame}\\r?\\n([^]*?)end-${frame} (\\d+)\\r?\\n`);
    const [, output = "", status] = await this.#vm.waitForSerial(pattern, { timeout });
    const text = output.replaceAll("\r", "");
    if (status !== "0") throw new Error(`\`${command}\` ended with status ${status} in the guest:\n${text}`);
    return text.trim();
  }
}
