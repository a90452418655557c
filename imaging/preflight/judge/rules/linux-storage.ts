import type { DeviceDrivers, KernelContent, LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import type { SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import { answerOf, type Finding } from "#imaging/preflight/judge/verdict.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { controllerName } from "#imaging/preflight/machine/storage-controller.ts";

/** Buses of which every device needs a driver; of others (acpi, platform) some are only named. */
const CERTAIN = ["pci", "usb", "virtio", "scsi", "mmc", "vmbus", "xen"];

/** Whether the kernel finds its root: a driver for all that lies between processor and disk, before the root is mounted. */
export const linuxStorage: SystemRule<LinuxContent> = (context) => {
  const { system, target } = context;
  if (system.kernels.length === 0)
    return [{ code: "NO_KERNEL", severity: "unknown", text: "Which kernel it starts could not be found out" }];
  if (!target.path)
    return [
      {
        code: "TARGET_UNPLACED",
        severity: "unknown",
        text: `Which controller ${target.name} will hang on is not known, so its driver is not either`,
        next: "Name a disk of the machine",
      },
    ];
  const each = system.kernels.map((kernel) => [...oneKernel(context, kernel), ...container(context, kernel)]);
  const [first = []] = each;
  if (each.every((findings) => answerOf(findings) === answerOf(first))) return first;
  const text = `Which of its kernels starts cannot be told, and they differ: ${system.kernels.map(({ version }, i) => `${version}: ${answerOf(each[i] ?? [])}`).join("; ")}`;
  return [{ code: "KERNEL_UNSURE", severity: "unknown", text }, ...each.flat().map(notSure)];
};

/** What is so of one kernel, which may not be the one that starts. */
const notSure = (finding: Finding): Finding =>
  finding.severity === "blocks" ? { ...finding, severity: "unknown" } : finding;

function oneKernel(context: SystemContext<LinuxContent>, kernel: KernelContent): Finding[] {
  if (kernel.missingInitramfs !== undefined)
    return [
      {
        code: "INITRAMFS_MISSING",
        severity: "blocks",
        text: `The menu loads ${kernel.missingInitramfs} with kernel ${kernel.version}, and it is not there`,
      },
    ];
  if (!kernel.hasModules)
    return [
      {
        code: "MODULES_MISSING",
        severity: "unknown",
        text: `What kernel ${kernel.version} has drivers for cannot be told: the list of its modules is not there`,
      },
    ];
  const path = (context.target.path ?? []).filter(needsDriver);
  return path.flatMap((device) => oneDevice(context, kernel, device));
}

/** Bridges of PCI and hubs of USB are no matter of modules. */
const needsDriver = ({ bus, class: code = "" }: MachineDevice): boolean =>
  !(bus === "pci" && code.startsWith("06")) && !(bus === "usb" && code.startsWith("09"));

function oneDevice(
  { system, wish }: SystemContext<LinuxContent>,
  kernel: KernelContent,
  device: MachineDevice,
): Finding[] {
  const drivers = kernel.devices.find(({ modalias }) => modalias === device.modalias)?.drivers ?? [];
  const what = nameOf(device);
  if (drivers.length === 0) return noDriver(kernel, device, what);
  // Of several that claim it, any may be the one that takes it.
  if (drivers.every(isEarly)) return [];
  if (drivers.every(({ byNameOnly }) => byNameOnly)) {
    const text = `Kernel ${kernel.version} has the driver ${names(drivers)} built in; whether it is new enough for ${what} cannot be told`;
    return [{ code: "DRIVER_UNSURE", severity: "unknown", text }];
  }
  const unread = kernel.initramfs?.unread;
  if (unread !== undefined && !wish.universal)
    return [
      {
        code: "INITRAMFS_UNREAD",
        severity: "unknown",
        text: `Whether the driver ${names(drivers)} for ${what} is there at the start cannot be told: ${unread}`,
        next: "Let it be put there",
        command: "With --universal it is put there",
        mend: "universal",
      },
    ];
  if (system.initramfsTool === undefined)
    return [
      {
        code: "INITRAMFS_NO_TOOL",
        severity: "blocks",
        text: `The driver ${names(drivers)} for ${what} is not there at the start, and the system has no program that would put it there`,
      },
    ];
  return [
    {
      code: "DRIVER_NOT_EARLY",
      severity: "change",
      text: `The driver ${names(drivers)} for ${what} is in the system, but not in what is loaded at the start (initramfs)`,
      next: "Let the initramfs be made again, with drivers for all hardware",
      command: "Use --universal: the initramfs is made again with drivers for all hardware",
      mend: "universal",
      planned: wish.universal === true,
    },
  ];
}

const isEarly = ({ place, byNameOnly }: DeviceDrivers["drivers"][number]): boolean =>
  place !== "modules" && !byNameOnly;

const names = (drivers: DeviceDrivers["drivers"]): string => drivers.map(({ module }) => module).join(" or ");

function noDriver({ version }: KernelContent, { bus, driver }: MachineDevice, what: string): Finding[] {
  const isCertain = CERTAIN.includes(bus);
  const use = driver ? `; here it is ${driver}` : "";
  if (!isCertain)
    return [
      {
        code: "DRIVER_UNSURE",
        severity: "unknown",
        text: `Whether kernel ${version} has a driver for ${what} cannot be told${use}`,
      },
    ];
  return [
    {
      code: "DRIVER_MISSING",
      severity: "blocks",
      text: `Kernel ${version} has no driver for ${what}${use}: it would not find its disk`,
      next: "Install a newer kernel in the system before it is captured, or use a disk on another controller",
    },
  ];
}

const nameOf = (device: MachineDevice): string => {
  if (device.bus === "scsi") return "SCSI and SATA disks";
  return device.bus === "pci" || device.bus === "usb"
    ? controllerName(device)
    : `the ${device.bus} device ${device.address}`;
};

const CONTAINERS: readonly (readonly [string, keyof NonNullable<KernelContent["initramfs"]>["tools"], string])[] = [
  ["LVM2_member", "lvm", "LVM"],
  ["crypto_LUKS", "cryptsetup", "LUKS"],
  ["linux_raid_member", "mdadm", "Linux RAID"],
];

/** What a root lies in is put together by programs of the initramfs. */
function container({ content, system }: SystemContext<LinuxContent>, { initramfs, version }: KernelContent): Finding[] {
  const type = content.partitions.find(({ number }) => number === system.partition)?.filesystem?.type;
  const found = CONTAINERS.find(([name]) => name === type);
  if (!found) return [];
  const [, tool, name] = found;
  const findings: Finding[] = [];
  if (tool === "mdadm")
    findings.push({
      code: "RAID_MEMBER",
      severity: "unknown",
      text: "Its root is on a Linux RAID of several disks: it starts when enough of them are in the machine",
    });
  if (initramfs && initramfs.unread === undefined && !initramfs.tools[tool])
    findings.push({
      code: "ROOT_TOOLS_MISSING",
      severity: "unknown",
      text: `Its root is in ${name}, and what is loaded with kernel ${version} does not seem to have the programs for that`,
    });
  return findings;
}
