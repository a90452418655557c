import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { controllerKind } from "#imaging/preflight/machine/storage-controller.ts";
import { machineHardwareIds } from "#imaging/universal/windows/hardware-ids.ts";

/** Ids by which Windows looks for a driver, the most specific first, without the name of the bus; none but of PCI. */
export const windowsIds = (device: MachineDevice): string[] =>
  machineHardwareIds(device).map((id) => id.replace(/^PCI\\/, ""));

/**
 * Services that Windows has for a kind of controller, whatever the device: storahci and stornvme know theirs by class,
 * of the others Windows comes with some. Those of virtio, VMD and RST are there when somebody has installed them.
 * @param version 6.1 of Windows 7
 */
export function servicesFor(device: MachineDevice, version: number): readonly string[] {
  switch (controllerKind(device)) {
    case "ahci":
      return version < 6.2 ? ["msahci"] : ["storahci"];
    case "ide":
      return device.vendor === "8086" ? ["intelide", "pciide", "atapi"] : ["pciide", "atapi"];
    case "nvme":
      // Inbox from Windows 8.1 and Server 2012 R2 on.
      return version < 6.3 ? [] : ["stornvme"];
    case "virtio-blk":
      return ["viostor"];
    case "virtio-scsi":
      return ["vioscsi"];
    case "intel-vmd":
      return ["iaStorVD", "iaVMD", "vmd"];
    case "intel-rst":
      return ["iaStorAC", "iaStorAVC", "iaStorAV", "iaStorA", "iaStorV", "iaStor"];
    case "pvscsi":
      return ["pvscsi"];
    case "hyper-v":
      return ["storvsc"];
    default:
      return [];
  }
}
