import type { Sentence } from "#base/sentence.ts";
import type { DeviceDrivers, KernelContent, LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import type { SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import { answerOf, type Finding } from "#imaging/preflight/judge/verdict.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { controllerName } from "#imaging/preflight/machine/storage-controller.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Buses of which every device needs a driver; of others (acpi, platform) some are only named. */
const CERTAIN = ["pci", "usb", "virtio", "scsi", "mmc", "vmbus", "xen"];

/** Whether the kernel finds its root: a driver for all that lies between processor and disk, before the root is mounted. */
export const linuxStorage: SystemRule<LinuxContent> = (context) => {
  const { system, target } = context;
  if (system.kernels.length === 0) return [{ code: "NO_KERNEL", severity: "unknown", ...say("verdict.no-kernel") }];
  if (!target.path)
    return [
      {
        code: "TARGET_UNPLACED",
        severity: "unknown",
        ...say("verdict.disk-unplaced", { disk: target.name }),
        ...asNext(say("next.name-disk")),
      },
    ];
  const each = system.kernels.map((kernel) => [...oneKernel(context, kernel), ...container(context, kernel)]);
  const [first = []] = each;
  if (each.every((findings) => answerOf(findings) === answerOf(first))) return first;
  const kernels = system.kernels.map(({ version }, i) =>
    say("verdict.kernel", { version, answer: answerOf(each[i] ?? []) }),
  );
  const unsure = say("verdict.kernels-differ", { kernels });
  return [{ code: "KERNEL_UNSURE", severity: "unknown", ...unsure }, ...each.flat().map(notSure)];
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
        ...say("verdict.initramfs-missing", { file: kernel.missingInitramfs, version: kernel.version }),
      },
    ];
  if (!kernel.hasModules)
    return [
      {
        code: "MODULES_MISSING",
        severity: "unknown",
        ...say("verdict.modules-missing", { version: kernel.version }),
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
  const pair = { driver: names(drivers), device: what };
  // Of several that claim it, any may be the one that takes it.
  if (drivers.every(isEarly)) return [];
  if (drivers.every(({ byNameOnly }) => byNameOnly)) {
    const builtIn = say("verdict.driver-built-in", { version: kernel.version, ...pair });
    return [{ code: "DRIVER_UNSURE", severity: "unknown", ...builtIn }];
  }
  const unread = kernel.initramfs?.unread;
  if (unread !== undefined && !wish.universal)
    return [
      {
        code: "INITRAMFS_UNREAD",
        severity: "unknown",
        ...say("verdict.initramfs-unread", { ...pair, why: unread }),
        ...asNext(say("next.initramfs-put"), "With --universal it is put there"),
        mend: "universal",
      },
    ];
  if (system.initramfsTool === undefined)
    return [
      {
        code: "INITRAMFS_NO_TOOL",
        severity: "blocks",
        ...say("verdict.initramfs-no-tool", pair),
      },
    ];
  return [
    {
      code: "DRIVER_NOT_EARLY",
      severity: "change",
      ...say("verdict.driver-late", pair),
      ...asNext(say("next.initramfs"), "Use --universal: the initramfs is made again with drivers for all hardware"),
      mend: "universal",
      planned: wish.universal === true,
    },
  ];
}

const isEarly = ({ place, byNameOnly }: DeviceDrivers["drivers"][number]): boolean =>
  place !== "modules" && !byNameOnly;

const names = (drivers: DeviceDrivers["drivers"]): Sentence =>
  say("verdict.any-of", { list: drivers.map(({ module }) => module) });

function noDriver({ version }: KernelContent, { bus, driver = "" }: MachineDevice, device: Sentence): Finding[] {
  const isCertain = CERTAIN.includes(bus);
  const what = { version, device, driver };
  if (!isCertain)
    return [
      {
        code: "DRIVER_UNSURE",
        severity: "unknown",
        ...say("verdict.driver-untold", what),
      },
    ];
  return [
    {
      code: "DRIVER_MISSING",
      severity: "blocks",
      ...say("verdict.driver-missing", what),
      ...asNext(say("next.newer-kernel")),
    },
  ];
}

const nameOf = (device: MachineDevice): Sentence => {
  const { bus, address } = device;
  if (bus === "scsi") return say("verdict.scsi-disks");
  return bus === "pci" || bus === "usb"
    ? { text: controllerName(device) }
    : say("verdict.other-device", { bus, address });
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
      ...say("verdict.raid-member"),
    });
  if (initramfs && initramfs.unread === undefined && !initramfs.tools[tool])
    findings.push({
      code: "ROOT_TOOLS_MISSING",
      severity: "unknown",
      ...say("verdict.root-tools", { container: name, version }),
    });
  return findings;
}
