import { readBytes } from "#imaging/device/block-device.ts";
import { planLinuxIdentity } from "#imaging/identity/machine/plan-linux-identity.ts";
import { planLinuxUniversal } from "#imaging/universal/linux/plan-linux-universal.ts";
import { memoryTree } from "#test/doubles/memory-tree.ts";
import { installedLinux, volume } from "#test/doubles/system-folder.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** Every file that is read as text gets the same input: a damaged disk may hold anything anywhere. */
const PLACES = [
  ...["/etc/fstab", "/etc/crypttab", "/etc/default/grub", "/boot/grub/grub.cfg", "/boot/grub2/grubenv"],
  ...["/boot/loader/entries/a.conf", "/etc/kernel/cmdline", "/etc/netplan/a.yaml", "/etc/network/interfaces"],
  ...["/etc/NetworkManager/system-connections/a.nmconnection", "/etc/sysconfig/network-scripts/ifcfg-eth0"],
  ...["/etc/udev/rules.d/70-persistent-net.rules", "/etc/systemd/network/a.link", "/etc/systemd/network/b.network"],
  ...["/etc/mdadm/mdadm.conf", "/etc/lvm/lvm.conf", "/etc/multipath.conf", "/etc/multipath/wwids"],
  ...["/etc/mkinitcpio.conf", "/etc/mkinitcpio.d/linux.preset", "/etc/initramfs-tools/initramfs.conf"],
  ...["/etc/initramfs-tools/conf.d/resume", "/etc/hostname", "/etc/hosts", "/etc/machine-id", "/etc/selinux/config"],
  ...["/lib/modules/6.1/modules.dep", "/lib/modules/6.1/modules.builtin", "/lib/modules/6.1/pkgbase"],
  ...["/etc/os-release", "/etc/modprobe.d/a.conf", "/etc/iscsi/initiatorname.iscsi", "/etc/kernel/entry-token"],
];
const PROGRAMS = ["/usr/sbin/mkinitramfs", "/usr/bin/dracut", "/usr/bin/mkinitcpio"];
const VOLUMES = [volume(1, "vfat"), volume(2, "ext4"), volume(3, "swap"), volume(4, "crypto_LUKS")];

const MIXED = `# comment
/dev/sda2 / ext4 defaults,logdev=/dev/sda4 0 1
crypt /dev/sda4 /dev/urandom swap,luks
GRUB_CMDLINE_LINUX="root=/dev/sda2 resume=/dev/sda9 resume_offset=5 cryptdevice=/dev/sda4:root quiet"
network: {ethernets: {lan: {match: {macaddress: "00:16:3e:11:22:33"}, set-name: lan}}}
  ethernets:
    eth0:
      match:
        macaddress: 00:16:3e:11:22:33
      set-name: eth0
[Match]
MACAddress=00:16:3e:11:22:33
[Link]
Name=lan0
[connection]
type=ethernet
interface-name=eth0
SUBSYSTEM=="net", ATTR{address}=="00:16:3e:11:22:33", NAME="eth0"
HWADDR=00:16:3e:11:22:33
DEVICE=eth0
auto eth0
DEVICE /dev/sda4
ARRAY /dev/md0 devices=/dev/sda4 UUID=a:b
filter = [ "a|/dev/sda|" ]
MODULES=dep
RESUME=/dev/sda3
HOOKS=(base autodetect block)
kernel/drivers/ata/ahci.ko: kernel/drivers/ata/libahci.ko
`;

/** The configuration of a Linux on somebody's disk. */
export const target: FuzzTarget = {
  name: "linux-configuration",
  share: 0.05,
  seeds: [{ name: "mixed", content: () => text(MIXED) }],
  allowed: [],
  dictionary: [...MIXED.split(/\s+/), "UUID=", "\n", "[", "{", "}", "HOOKS=(", "filter=[", "\\", '"', "(", "match:"],
  async parse(device) {
    const input = Buffer.from(await readBytes(device, 0, Math.min(device.size, 64 << 10)));
    const files = new Map(PLACES.map((path) => [path, input]));
    for (const path of PROGRAMS) files.set(path, Buffer.alloc(0));
    const tree = memoryTree(files);
    const system = installedLinux("/nowhere", VOLUMES, { "/": 1, "/boot/efi": 0 });
    const plans = [await planLinuxUniversal(system, tree), await planLinuxIdentity(system, tree, { hostname: "new" })];
    for (const { path, content } of plans.flatMap(({ changes }) => changes.filter((change) => change.op === "write"))) {
      promise(path.startsWith("/") && !path.includes("/../"), () => `a file ${path}`);
      promise(content.length <= 4 * input.length + (64 << 10), () => `${path} gets ${content.length} bytes`);
    }
    // Some is always done; the table of mounts is read to its end or not.
    return plans.some(({ changes }) => changes.some((one) => one.op === "write" && one.path === "/etc/fstab"))
      ? "accepted"
      : "in part";
  },
};
