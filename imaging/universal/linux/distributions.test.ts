import { expect, test } from "vitest";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { planLinuxUniversal } from "#imaging/universal/linux/plan-linux-universal.ts";
import { say } from "#imaging/words/say.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { commandsOf, installedLinux, systemFolder, volume } from "#test/doubles/system-folder.ts";

const MACHINE = "0123456789abcdef0123456789abcdef";
const VOLUMES = [volume(1, "vfat", { uuid: "1234-ABCD" }), volume(2, "ext4"), volume(3, "btrfs"), volume(4, "swap")];
const ROOT_ID = "00000003-aaaa-4bbb-8ccc-dddddddddddd";
const SWAP_ID = "00000004-aaaa-4bbb-8ccc-dddddddddddd";
const modules = (version: string, names: readonly string[]) => ({
  [`usr/lib/modules/${version}/modules.dep`]: names.map((name) => `kernel/${name}.ko.xz:\n`).join(""),
  [`usr/lib/modules/${version}/modules.builtin`]: "kernel/drivers/scsi/sd_mod.ko\n",
});

async function applied(
  files: Readonly<Record<string, string>>,
  mounts: Readonly<Record<string, number>>,
  volumes = VOLUMES,
) {
  const system = systemFolder({ lib: "-> usr/lib", ...files });
  const installed = installedLinux(system.root, volumes, mounts);
  const plan = await planLinuxUniversal(installed, system.tree);
  expectSaid(plan.changes, plan.notes, plan.problems);
  await system.apply(plan.changes);
  const again = await planLinuxUniversal(installed, system.tree);
  const isFile = ({ op }: SystemChange) => op !== "run";
  expect(again.changes.filter(isFile)).toEqual([]);
  return { system, plan };
}

test("Fedora: BLS entries, grubenv, dracut for each kernel by its own name, SELinux", async () => {
  const [one, two] = ["6.11.4-301.fc41.x86_64", "6.12.9-200.fc41.x86_64"];
  const entry = (version: string) => `title Fedora Linux (${version})
version ${version}
linux /vmlinuz-${version}
initrd /initramfs-${version}.img $tuned_initrd
options root=/dev/vda3 ro rootflags=subvol=root resume=/dev/mapper/fedora-swap rhgb quiet
`;
  const environment =
    `# GRUB Environment Block\nkernelopts=root=/dev/vda3 ro resume=/dev/vda4 \nboot_success=1\n`.padEnd(1024, "#");
  const { system, plan } = await applied(
    {
      "etc/os-release": "ID=fedora\n",
      "etc/fstab": `UUID=${ROOT_ID} / btrfs subvol=root,compress=zstd:1 0 0\n/dev/vda3 /home btrfs subvol=home 0 0\n/dev/vda2 /boot ext4 defaults 1 2\n`,
      "etc/machine-id": `${MACHINE}\n`,
      "etc/kernel/cmdline": "root=/dev/vda3 ro\n",
      [`boot/loader/entries/${MACHINE}-${one}.conf`]: entry(one),
      [`boot/loader/entries/${MACHINE}-${two}.conf`]: entry(two),
      "boot/grub2/grubenv": environment,
      [`boot/vmlinuz-${one}`]: "",
      [`boot/vmlinuz-${two}`]: "",
      [`boot/initramfs-${one}.img`]: "",
      ...modules(one, ["drivers/ata/ahci", "drivers/scsi/megaraid/megaraid_sas"]),
      ...modules(two, ["drivers/ata/ahci", "drivers/nvme/host/nvme"]),
      "usr/lib/modules/5.0.0-gone/kernel/old.ko": "",
      "usr/bin/dracut": "",
      "etc/selinux/config": "# comment\nSELINUX=enforcing\nSELINUXTYPE=targeted\n",
      "etc/NetworkManager/system-connections/lan.nmconnection": "[connection]\ntype=ethernet\n",
    },
    { "/": 2, "/home": 2, "/boot": 1 },
  );
  using _ = system;
  const options = `options root=UUID=${ROOT_ID} ro rootflags=subvol=root rhgb quiet\n`;
  expect(system.text(`boot/loader/entries/${MACHINE}-${one}.conf`)).toBe(entry(one).replace(/options.*\n/, options));
  expect(system.text("etc/kernel/cmdline")).toBe(`root=UUID=${ROOT_ID} ro\n`);
  expect(system.text("etc/fstab").split("\n")[1]).toBe(`UUID=${ROOT_ID} /home btrfs subvol=home 0 0`);
  const after = system.text("boot/grub2/grubenv");
  expect(after.length).toBe(1024);
  expect(after).toContain(`\nkernelopts=root=UUID=${ROOT_ID} ro resume=UUID=${SWAP_ID} \nboot_success=1\n###`);
  expect(system.text("etc/dracut.conf.d/zz-lifeboat.conf")).toMatch(
    /^hostonly="no"\nhostonly_cmdline="no"\nadd_drivers\+=" ahci "\n$/m,
  );
  expect(commandsOf(plan.changes)).toEqual([
    `dracut --force --no-hostonly --no-hostonly-cmdline --add-drivers ahci megaraid_sas /boot/initramfs-${one}.img ${one}`,
    `dracut --force --no-hostonly --no-hostonly-cmdline --add-drivers ahci nvme /boot/initramfs-${two}.img ${two}`,
  ]);
  expect(system.has(".autorelabel")).toBe(true);
  expect(plan.problems.filter(({ text }) => !text.includes("free"))).toEqual([]);
});

test("SUSE: /boot/initrd-VERSION, the root in LVM is found by a start file for all machines", async () => {
  const version = "6.4.0-150600.21-default";
  const volumes = [...VOLUMES, volume(2, "LVM2_member"), volume(2, "btrfs", { inside: ["system/root"], uuid: "5" })];
  const { system, plan } = await applied(
    {
      "etc/os-release": 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n',
      "etc/fstab": "/dev/system/root / btrfs defaults 0 0\n/dev/system/root /var btrfs subvol=/@/var 0 0\n",
      "etc/default/grub": 'GRUB_CMDLINE_LINUX_DEFAULT="splash=silent resume=/dev/system/swap quiet"\n',
      "etc/sysconfig/network/ifcfg-eth0": "BOOTPROTO='dhcp'\n",
      [`boot/vmlinuz-${version}`]: "",
      ...modules(version, ["drivers/ata/ahci"]),
      "usr/bin/dracut": "",
    },
    { "/": 5, "/var": 5 },
    volumes,
  );
  using _ = system;
  expect(system.text("etc/default/grub")).toBe('GRUB_CMDLINE_LINUX_DEFAULT="splash=silent quiet"\n');
  expect(system.text("etc/fstab")).toContain("/dev/system/root / btrfs defaults 0 0\n");
  expect(system.text("etc/dracut.conf.d/zz-lifeboat.conf")).toContain('kernel_cmdline+=" rd.auto=1 "');
  expect(commandsOf(plan.changes).at(-1)).toMatch(`/boot/initrd-${version} ${version}`);
});

test("Arch: mkinitcpio without autodetect, systemd-boot's entries on the EFI system partition", async () => {
  const version = "6.12.7-arch1-1";
  const configuration = `# HOOKS=(base autodetect)
MODULES=()
HOOKS=(base udev autodetect microcode modconf kms keyboard keymap consolefont
       block encrypt filesystems fsck)
`;
  const { system, plan } = await applied(
    {
      "etc/fstab":
        "/dev/nvme0n1p3\t/         \tbtrfs     \trw,subvol=/@\t0 0\n/dev/nvme0n1p1\t/boot\tvfat\trw,fmask=0022\t0 2\n",
      "etc/mkinitcpio.conf": configuration,
      "etc/mkinitcpio.d/linux.preset": `ALL_config="/etc/mkinitcpio.conf"
ALL_kver="/boot/vmlinuz-linux"
PRESETS=('default' 'fallback')
default_image="/boot/initramfs-linux.img"
fallback_image="/boot/initramfs-linux-fallback.img"
fallback_options="-S autodetect"
`,
      "boot/loader/entries/arch.conf": `title Arch
linux /vmlinuz-linux
initrd /initramfs-linux.img
options cryptdevice=/dev/nvme0n1p3:root:allow-discards root=/dev/mapper/root rw
`,
      "boot/loader/entries/plain.conf": "options root=/dev/nvme0n1p3 rootflags=subvol=@ rw\n",
      "boot/EFI/Linux/arch.efi": "",
      "boot/vmlinuz-linux": "",
      "boot/initramfs-linux.img": "",
      [`usr/lib/modules/${version}/pkgbase`]: "linux\n",
      ...modules(version, ["drivers/ata/ahci"]),
      "usr/bin/mkinitcpio": "",
    },
    { "/": 2, "/boot": 0 },
  );
  using _ = system;
  expect(system.text("etc/mkinitcpio.conf")).toBe(configuration.replace("udev autodetect ", "udev "));
  expect(system.text("etc/fstab")).toBe(
    `UUID=${ROOT_ID}\t/         \tbtrfs     \trw,subvol=/@\t0 0\nUUID=1234-ABCD\t/boot\tvfat\trw,fmask=0022\t0 2\n`,
  );
  expect(system.text("boot/loader/entries/plain.conf")).toBe(`options root=UUID=${ROOT_ID} rootflags=subvol=@ rw\n`);
  expect(commandsOf(plan.changes)).toEqual(["mkinitcpio -P"]);
  expect(plan.notes.map(({ text }) => text).join()).toContain(
    "/boot/EFI/Linux/arch.efi is a kernel with its start file in it",
  );
  expect(plan.problems.map(({ text }) => text)).toContain(
    "/boot/loader/entries/arch.conf: cryptdevice=/dev/nvme0n1p3: partition 3 holds btrfs",
  );
});

test("a maker of start files that is not known is named, with what that means", async () => {
  const files = {
    "etc/fstab": "",
    "boot/vmlinuz-linux": "",
    "usr/lib/modules/6/pkgbase": "linux",
    ...modules("6", ["drivers/ata/ahci"]),
  };
  for (const [program, maker] of [
    ["usr/bin/booster", "booster, which is not known here"],
    ["sbin/mkinitfs", "mkinitfs, which is not known here"],
    ["nothing", "nothing that is known here"],
  ] as const) {
    const { system, plan } = await applied({ ...files, [program]: "" }, { "/": 2 });
    using _ = system;
    expect(plan.changes).toEqual([]);
    expect(plan.problems.map(({ text }) => text)).toEqual([
      `The start file of kernel 6 is not there, and the kernel by itself lacks these drivers: ahci. It is made by ${maker}: where the disk of the new machine needs one of them, this system does not start`,
    ]);
  }
});

test("start files are not made anew where /boot is not there; LVM that the boot loader names is not said again", async () => {
  const volumes = [volume(2, "LVM2_member"), volume(2, "xfs", { inside: ["rhel/root"], uuid: "5" })];
  const files = {
    "etc/fstab": "/dev/mapper/rhel-root / xfs defaults 0 0\n",
    "etc/default/grub": 'GRUB_CMDLINE_LINUX="rd.lvm.lv=rhel/root rhgb"\n',
    "boot/vmlinuz-6": "",
    ...modules("6", ["drivers/ata/ahci"]),
    "usr/bin/dracut": "",
  };
  using system = systemFolder({ lib: "-> usr/lib", ...files });
  const installed = installedLinux(system.root, volumes, { "/": 1 });
  const plan = await planLinuxUniversal(installed, system.tree);
  await system.apply(plan.changes);
  expect(system.text("etc/dracut.conf.d/zz-lifeboat.conf")).not.toContain("rd.auto");
  const missing = [say("linux.unmounted", { folder: "/boot", device: "UUID=1", why: say("linux.elsewhere") })];
  const without = await planLinuxUniversal({ ...installed, missing }, system.tree);
  expect(commandsOf(without.changes)).toEqual([]);
  expect(without.problems.map(({ text }) => text)).toEqual([
    `Start files cannot be made anew, as a part of the system is not there: /boot (UUID=1): it is on no volume of this disk that can be opened`,
  ]);
});
