import { bootFiles } from "#imaging/universal/linux/boot-files.ts";
import type { RebuiltKernel } from "#imaging/universal/linux/kernels.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { loadableDrivers } from "#imaging/universal/linux/storage-drivers.ts";
import { say } from "#imaging/words/say.ts";

/** Read last: dracut takes its settings in the order of the files' names (dracut.conf(5)). */
const DROP_IN = "/etc/dracut.conf.d/zz-lifeboat.conf";
/** Arguments by which a start file is told what to open. */
const SAYS_CONTAINERS = /(?:^|[\s"'])rd\.(?:auto|lvm\.[lv][vg]|luks\.(?:uuid|name)|md\.uuid)\b/m;
const EARLY_FOLDERS = ["/", "/usr"];

/** Fedora's, SUSE's and, by choice, Debian's way (dracut(8), dracut.conf(5)). */
export async function planDracut(context: LinuxContext, kernels: readonly RebuiltKernel[]): Promise<void> {
  const { draft } = context;
  // Of a name that a kernel does not have, dracut says so at each rebuild: those that all have.
  const [first = [], ...others] = kernels.map(({ kernel }) => loadableDrivers(kernel));
  const common = first.filter((name) => others.every((names) => names.includes(name)));
  const lines = [
    "# By Lifeboat: start files for all hardware, so that this system starts on other machines too.",
    'hostonly="no"',
    'hostonly_cmdline="no"',
    `add_drivers+=" ${common.join(" ")} "`,
    ...(await forContainers(context)),
    "",
  ];
  await draft.write(DROP_IN, lines.join("\n"), say("linux.dracut"));
  const naming = await imageNaming(context);
  for (const { kernel, why } of kernels) {
    const image = kernel.initramfs ?? naming(kernel.version);
    const options = ["--force", "--no-hostonly", "--no-hostonly-cmdline"] as const;
    const drivers = loadableDrivers(kernel).join(" ");
    draft.run(["dracut", ...options, "--add-drivers", drivers, image, kernel.version], why);
  }
}

/**
 * A start file for one machine knows by itself which LVM, LUKS and RAID the root lies in; one for all machines must be told,
 * or opens none (dracut.cmdline(7), rd.auto). Fedora's and SUSE's installers tell it with the kernel's arguments.
 */
async function forContainers({ system, draft }: LinuxContext): Promise<string[]> {
  const isInside = system.mounts.some(
    ({ folder, volume }) => EARLY_FOLDERS.includes(folder) && volume.inside.length > 0,
  );
  const onRaid = system.volumes.some(({ filesystem }) => filesystem === "linux_raid_member");
  if (!isInside && !onRaid) return [];
  for (const path of (await bootFiles(system, draft)).filter((one) => one !== DROP_IN))
    if (SAYS_CONTAINERS.test((await draft.text(path)) ?? "")) return [];
  draft.notes.push(say("linux.containers"));
  const hasKeys = await draft.has("/etc/crypttab");
  return [
    "# The root lies in LVM, LUKS or RAID: all that is found is opened.",
    'kernel_cmdline+=" rd.auto=1 "',
    ...(hasKeys ? ['install_items+=" /etc/crypttab "'] : []),
    'mdadmconf="yes"',
    'lvmconf="yes"',
  ];
}

/** For a kernel that has no initramfs yet, as the others have it, or as the distribution does. */
async function imageNaming({ draft, kernels }: LinuxContext): Promise<(version: string) => string> {
  for (const { version, initramfs } of kernels)
    if (initramfs?.includes(version)) return (other) => initramfs.replaceAll(version, other);
  const release = (await draft.text("/etc/os-release")) ?? (await draft.text("/usr/lib/os-release")) ?? "";
  const family = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].map(([, id]) => id).join(" ");
  if (/debian|ubuntu/.test(family)) return (version) => `/boot/initrd.img-${version}`;
  if (/suse/.test(family)) return (version) => `/boot/initrd-${version}`;
  return (version) => `/boot/initramfs-${version}.img`;
}
