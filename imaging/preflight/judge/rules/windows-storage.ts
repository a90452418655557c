import type { Sentence } from "#base/sentence.ts";
import type { WindowsContent, WindowsDriver } from "#imaging/preflight/content/windows/windows-content.ts";
import type { PreflightWish, SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Advice, Finding } from "#imaging/preflight/judge/verdict.ts";
import type { ControllerKind, MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { controllerKind, controllerName } from "#imaging/preflight/machine/storage-controller.ts";
import { STORAGE_SERVICES } from "#imaging/universal/windows/storage-services.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Windows' code for a disk that it has no driver for. */
const STOP = "0x7B, INACCESSIBLE_BOOT_DEVICE";

/** Whether Windows finds its disk: a driver that is there at the start for the controller that it hangs on. */
export const windowsStorage: SystemRule<WindowsContent> = (context) => {
  const { system, target } = context;
  if (system.unread !== undefined)
    return [
      { code: "REGISTRY_UNREAD", severity: "unknown", ...say("verdict.registry-unread", { why: system.unread }) },
    ];
  if (!target.path)
    return [
      {
        code: "TARGET_UNPLACED",
        severity: "unknown",
        ...say("verdict.disk-unplaced", { disk: target.name }),
        ...asNext(say("next.name-disk")),
      },
    ];
  const controllers = target.path.filter((device) => controllerKind(device) !== undefined);
  // What is behind VMD is its driver's.
  const vmd = controllers.find((device) => controllerKind(device) === "intel-vmd");
  const needed = vmd ? [vmd] : controllers;
  if (needed.length === 0)
    return [{ code: "DRIVER_UNSURE", severity: "unknown", ...say("verdict.disk-unknown", { disk: target.name }) }];
  return needed.flatMap((device) => oneController(context, device));
};

function oneController(context: SystemContext<WindowsContent>, device: MachineDevice): Finding[] {
  const { system, wish } = context;
  const kind = controllerKind(device);
  const what = controllerName(device);
  if (kind === "usb" || kind === "sd")
    return [
      {
        code: "WINDOWS_ON_USB",
        severity: "unknown",
        ...say("verdict.windows-usb", { device: what }),
      },
    ];
  const drivers = system.devices.find(({ modalias }) => modalias === device.modalias)?.drivers ?? [];
  const usable = drivers.filter(({ hasFile }) => hasFile);
  const own = usable.filter(({ isBound }) => isBound || KNOWN_BY_CLASS.includes(kind ?? "other"));
  if (own.some(({ start }) => start === 0)) return [];
  const idle = own.find(({ start, service }) => start !== undefined && isSwitchedOn(service));
  if (idle) return [serviceOff(idle, what, wish)];
  if (wish.drivers?.includes(device.address)) return [driverAdded(what, wish)];
  const perhaps = usable.find(({ start }) => start !== undefined);
  return [perhaps ? unsure(perhaps, device, what) : noDriver(system, device, what)];
}

/** Their drivers are for all of a kind; of others, each is for some. */
const KNOWN_BY_CLASS: readonly ControllerKind[] = [
  ...(["ahci", "ide", "nvme", "virtio-blk", "virtio-scsi", "pvscsi", "hyper-v"] as const),
];

/** Whether a universal restore does it. */
const isSwitchedOn = (service: string): boolean =>
  STORAGE_SERVICES.some(({ name }) => name.toLowerCase() === service.toLowerCase());

const serviceOff = ({ service }: WindowsDriver, what: string, wish: PreflightWish): Finding => ({
  code: "SERVICE_OFF",
  severity: "change",
  ...say("verdict.service-off", { driver: service, device: what, stop: STOP }),
  ...asNext(say("next.service"), "Use --universal: the driver is switched on"),
  mend: "universal",
  planned: wish.universal === true,
});

const driverAdded = (what: string, wish: PreflightWish): Finding => ({
  code: "DRIVER_ADDED",
  severity: "change",
  ...say("verdict.driver-found", { device: what }),
  ...asNext(say("next.driver-use"), "Use it with --universal"),
  mend: "drivers",
  planned: wish.universal === true,
});

const unsure = ({ service }: WindowsDriver, device: MachineDevice, what: string): Finding => ({
  code: "DRIVER_UNSURE",
  severity: "unknown",
  ...say("verdict.driver-unsure", { driver: service, device: what }),
  ...adviceFor(device),
  mend: "drivers",
});

/** What people search for, and what else helps. */
const PACKAGES: Readonly<Partial<Record<ControllerKind, readonly [name: string, other: Sentence]>>> = {
  "intel-vmd": ["Intel Rapid Storage Technology with VMD (iaStorVD.inf)", say("next.or-no-vmd")],
  "intel-rst": ["Intel Rapid Storage Technology (iaStorAC.inf or iaStorV.inf)", say("next.or-ahci")],
  "virtio-blk": ["virtio-win (viostor.inf)", say("next.or-sata")],
  "virtio-scsi": ["virtio-win (vioscsi.inf)", say("next.or-sata")],
  pvscsi: ["VMware Tools (pvscsi.inf)", say("next.or-sata")],
};

function adviceFor(device: MachineDevice): Advice {
  const { vendor, device: id, modalias } = device;
  const name = vendor && id ? `PCI\\VEN_${vendor}&DEV_${id}`.toUpperCase() : modalias;
  const known = PACKAGES[controllerKind(device) ?? "other"];
  const [pack, other] = known ?? [say("next.maker-driver"), say("next.or-other-controller")];
  const packed = typeof pack === "string" ? pack : pack.text;
  const command = `Give ${packed} for ${name} with --universal --drivers FOLDER; or ${other.text}`;
  return asNext(say("next.driver-give", { pack, id: name, other }), command);
}

const OLD_NVME = asNext(
  say("next.nvme-7"),
  "Use a SATA disk, or give the maker's NVMe driver for Windows 7 with --universal --drivers FOLDER",
);

function noDriver({ name, major = 10, minor = 0 }: WindowsContent, device: MachineDevice, what: string): Finding {
  const isOldNvme = controllerKind(device) === "nvme" && major * 10 + minor < 63;
  return {
    code: "DRIVER_MISSING",
    severity: "blocks",
    ...say("verdict.windows-no-driver", { name, device: isOldNvme ? "NVMe" : what, stop: STOP }),
    ...(isOldNvme ? OLD_NVME : adviceFor(device)),
    mend: "drivers",
  };
}
