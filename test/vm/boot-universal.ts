import { basename } from "node:path";
import type { DiskBus, Firmware, NicOptions } from "#imaging/prove/qemu/options.ts";
import { withVm } from "./qemu-run/with-vm.ts";

/** Seconds. The kernel is up after some ten; both makers of start files give up on a root after sixty. */
const BOOT = { timeout: 600 };
/** As the start files of initramfs-tools and of dracut say it; those of dracut with systemd wait for a device without limit. */
const NO_ROOT =
  /Gave up waiting for root|ALERT! +\S+ does not exist|dracut-initqueue\S*: .*timeout|Warning: \/dev\/\S+ does not exist|Job dev-\S+\.device\/start running \([2-9]min/;
/** The root was found, and something else was not. */
const EMERGENCY = /You are in emergency mode|Reached target .*emergency\.target/;

export interface UniversalBoot {
  readonly firmware: Firmware;
  readonly bus: DiskBus;
  readonly nics?: readonly NicOptions[];
  readonly sectorSize?: 4096;
}

/** What a disk of test/fixtures/universal-debian.ts says of itself when it starts, on an overlay; "no root" when it finds none. */
export async function bootUniversal(file: string, { firmware, bus, nics = [], sectorSize }: UniversalBoot) {
  const disks = [{ file, format: "raw", bus, overlay: true, ...(sectorSize && { sectorSize }) }] as const;
  return await withVm(
    { name: `universal-${bus}-${basename(file, ".raw")}`, firmware, memoryMiB: 1024, disks, nics },
    async (vm) => {
      const said = await vm.waitForSerial(new RegExp(`UNIVERSAL-DONE\n|${NO_ROOT.source}|${EMERGENCY.source}`), BOOT);
      if (NO_ROOT.test(said[0])) return "no root" as const;
      if (EMERGENCY.test(said[0])) throw new Error(said[0]);
      const line = (part: string) => new RegExp(`UNIVERSAL-${part} (.*)\n`).exec(vm.serialText)?.[1]?.trim();
      const [device, uuid, swap] = line("ROOT")?.split(" ") ?? [];
      console.log(`${firmware}, ${bus}: ${device}, after ${vm.elapsedSeconds.toFixed(1)} s`);
      return {
        ...{ device, uuid: uuid?.replace("uuid=", ""), swap: swap?.replace("swap=", "") },
        ...{ network: line("NETWORK"), name: line("NAME"), machine: line("MACHINE") },
        ...{ ssh: line("SSH")?.split(" ") ?? [], failed: line("FAILED") },
      };
    },
  );
}
