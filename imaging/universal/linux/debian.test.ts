import { expect, test } from "vitest";
import { planLinuxUniversal } from "#imaging/universal/linux/plan-linux-universal.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { commandsOf, installedLinux, systemFolder, volume } from "#test/doubles/system-folder.ts";

const VERSION = "6.1.0-18-amd64";
const VOLUMES = [
  volume(1, "vfat", { uuid: "1234-ABCD" }),
  volume(2, "ext4"),
  volume(3, "swap"),
  volume(5, "ext4"),
  volume(6, "crypto_LUKS"),
];
const MOUNTS = { "/": 1, "/boot/efi": 0, "/home": 3 };

/** As the installer leaves it, on a machine with one disk called sda, and somebody's own lines. */
const FILES = {
  "etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n',
  "etc/fstab": `# /etc/fstab: static file system information.
# <file system> <mount point>   <type>  <options>       <dump>  <pass>
/dev/sda2       /               ext4    errors=remount-ro 0       1
UUID=1234-ABCD  /boot/efi       vfat    umask=0077      0       1
/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001-part5   /home  ext4  defaults,journal_dev=/dev/sda6 0 2
/dev/sda3       none            swap    sw              0       0
/dev/sdb1       /srv/data       xfs     defaults,nofail 0       0
/dev/sr0        /media/cdrom0   udf,iso9660 user,noauto     0       0
tmpfs\t/tmp\ttmpfs\tsize=1G\t0\t0
`,
  "etc/default/grub": `GRUB_DEFAULT=0
GRUB_CMDLINE_LINUX_DEFAULT="quiet resume=/dev/sda3"
GRUB_CMDLINE_LINUX="root=/dev/sda2 resume=UUID=99999999-0000-4000-8000-000000000000 resume_offset=1 nomodeset"
GRUB_DISABLE_LINUX_UUID=true
`,
  "boot/grub/grub.cfg": `set root='hd0,gpt2'
search --no-floppy --fs-uuid --set=root 00000002-aaaa-4bbb-8ccc-dddddddddddd
menuentry 'Debian' {
	linux	/boot/vmlinuz-${VERSION} root=/dev/sda2 ro  quiet
	initrd	/boot/initrd.img-${VERSION}
}
`,
  "etc/initramfs-tools/initramfs.conf": "# comment\nMODULES=most\nBUSYBOX=auto\n",
  "etc/initramfs-tools/conf.d/driver-policy": "# Driver inclusion policy selected during installation\nMODULES=dep\n",
  "etc/initramfs-tools/conf.d/resume": "RESUME=/dev/sda3\n",
  "usr/sbin/mkinitramfs": "",
  "usr/share/initramfs-tools/hooks/cryptroot": "",
  "etc/crypttab": "vault  /dev/sda6  none  luks,discard\nscratch /dev/sda3 /dev/urandom swap,cipher=aes-xts-plain64\n",
  [`lib/modules/${VERSION}/modules.dep`]: `kernel/drivers/ata/ahci.ko: kernel/drivers/ata/libahci.ko
kernel/drivers/nvme/host/nvme.ko.xz:
kernel/drivers/block/virtio_blk.ko:
kernel/drivers/block/xen-blkfront.ko:
kernel/drivers/net/veth.ko:
`,
  [`lib/modules/${VERSION}/modules.builtin`]: "kernel/drivers/scsi/sd_mod.ko\n",
  [`boot/vmlinuz-${VERSION}`]: "",
  [`boot/initrd.img-${VERSION}`]: "",
  "etc/network/interfaces": `source /etc/network/interfaces.d/*
auto lo
iface lo inet loopback
allow-hotplug enp0s31f6
iface enp0s31f6 inet static
  address 192.168.1.5/24
`,
  "usr/lib/udev/rules.d/80-net-setup-link.rules": "",
  "lib/udev": "-> ../usr/lib/udev",
  "etc/mdadm/mdadm.conf":
    "DEVICE /dev/sda7 /dev/sdb7\nARRAY /dev/md0 metadata=1.2 UUID=a:b:c:d devices=/dev/sda7,/dev/sdb7 name=host:0\n",
  "etc/lvm/devices/system.devices": "IDTYPE=sys_wwid IDNAME=naa.5000c500 DEVNAME=/dev/sda5 PVID=x\n",
  "etc/lvm/lvm.conf": 'devices {\n\tglobal_filter = [ "a|/dev/sda|",\n\t\t"r|.*|" ]\n\tdir = "/dev"\n}\n',
  "etc/udev/rules.d/90-backup.rules":
    'SUBSYSTEM=="block", ENV{ID_SERIAL}=="WDC_WD40EFRX-68N_WD-WCC7K0", SYMLINK+="backup"\n',
  "etc/modprobe.d/hardening.conf": "install usb-storage /bin/true\n# blacklist nvme\n",
};

test("Debian: names that last, drivers for all disks, and all that cannot be known is said", async () => {
  using system = systemFolder(FILES);
  const installed = installedLinux(system.root, VOLUMES, MOUNTS);
  const interfaces = [{ name: "ens3", mac: "52:54:00:AA:BB:CC" }];
  const plan = await planLinuxUniversal(installed, system.tree, { interfaces });
  expectSaid(plan.changes, plan.notes, plan.problems);
  expect(system.text("etc/fstab")).toBe(FILES["etc/fstab"]); // a plan changes nothing
  await system.apply(plan.changes);

  expect(system.text("etc/fstab").split("\n").slice(2)).toEqual([
    "UUID=00000002-aaaa-4bbb-8ccc-dddddddddddd /               ext4    errors=remount-ro 0       1",
    "UUID=1234-ABCD  /boot/efi       vfat    umask=0077      0       1",
    "UUID=00000005-aaaa-4bbb-8ccc-dddddddddddd         /home  ext4  defaults,journal_dev=/dev/disk/by-uuid/00000006-aaaa-4bbb-8ccc-dddddddddddd 0 2",
    "UUID=00000003-aaaa-4bbb-8ccc-dddddddddddd none            swap    sw              0       0",
    "/dev/sdb1       /srv/data       xfs     defaults,nofail 0       0",
    "/dev/sr0        /media/cdrom0   udf,iso9660 user,noauto     0       0",
    "tmpfs\t/tmp\ttmpfs\tsize=1G\t0\t0",
    "",
  ]);
  expect(system.text("etc/crypttab")).toBe(
    "vault  UUID=00000006-aaaa-4bbb-8ccc-dddddddddddd none  luks,discard\n" +
      "scratch PARTUUID=11111113-aaaa-4bbb-8ccc-dddddddddddd /dev/urandom swap,cipher=aes-xts-plain64\n",
  );
  expect(system.text("etc/default/grub")).toBe(`GRUB_DEFAULT=0
GRUB_CMDLINE_LINUX_DEFAULT="quiet resume=UUID=00000003-aaaa-4bbb-8ccc-dddddddddddd"
GRUB_CMDLINE_LINUX="root=UUID=00000002-aaaa-4bbb-8ccc-dddddddddddd nomodeset"
# GRUB_DISABLE_LINUX_UUID=true
`);
  expect(system.text("boot/grub/grub.cfg")).toBe(
    FILES["boot/grub/grub.cfg"].replace("root=/dev/sda2", "root=UUID=00000002-aaaa-4bbb-8ccc-dddddddddddd"),
  );
  expect(system.text("etc/initramfs-tools/conf.d/resume")).toBe("RESUME=UUID=00000003-aaaa-4bbb-8ccc-dddddddddddd\n");
  expect(system.text("etc/initramfs-tools/conf.d/driver-policy")).toMatch(/^MODULES=most$/m);
  expect(system.mode("etc/initramfs-tools/hooks/lifeboat-storage")).toBe(0o755);
  expect(system.text("etc/initramfs-tools/hooks/lifeboat-storage")).toContain(
    "for driver in ahci nvme virtio_blk xen_blkfront; do",
  );
  expect(system.text("etc/mdadm/mdadm.conf")).toBe(
    "DEVICE partitions containers\nARRAY /dev/md0 metadata=1.2 UUID=a:b:c:d name=host:0\n",
  );
  expect(system.has("etc/lvm/devices/system.devices")).toBe(false);
  expect(system.text("etc/lvm/lvm.conf")).toBe(
    'devices {\n# Lifeboat: \tglobal_filter = [ "a|/dev/sda|",\n# Lifeboat: \t\t"r|.*|" ]\n\tdir = "/dev"\n}\n',
  );
  expect(system.text("etc/network/interfaces")).toBe(FILES["etc/network/interfaces"]);
  expect(system.text("etc/systemd/network/70-lifeboat-enp0s31f6.link")).toContain(
    "[Match]\nMACAddress=52:54:00:aa:bb:cc\nType=ether\n\n[Link]\nName=enp0s31f6\n",
  );
  expect(commandsOf(plan.changes)).toEqual([`update-initramfs -c -t -k ${VERSION}`]);
  expect(plan.problems.map(({ text }) => text)).toEqual([
    "/etc/fstab mounts /dev/sdb1 on /srv/data, and what that means here is not known: it was on another disk than the system",
    "/etc/modprobe.d/hardening.conf keeps the system from loading usb_storage: from a disk that needs it, it does not start",
  ]);
  expect(plan.notes.map(({ text }) => text)).toEqual([
    "/etc/udev/rules.d/90-backup.rules has rules for devices of the old machine by their serial numbers or places; they do nothing here",
  ]);

  const again = await planLinuxUniversal(installed, system.tree, { interfaces });
  expect(again.changes.filter(({ op }) => op !== "run")).toEqual([]);
});

test("a name of a device is not believed where it cannot be so", async () => {
  using system = systemFolder({
    "etc/fstab": `UUID=00000002-aaaa-4bbb-8ccc-dddddddddddd / ext4 defaults 0 1
/dev/sda1 /mnt/a ext4 defaults 0 0
/dev/sda9 /mnt/b ext4 defaults 0 0
/dev/sdc5 /mnt/c ext4 defaults 0 0
/dev/disk/by-id/usb-a-part5 /mnt/d ext4 defaults 0 0
/dev/disk/by-id/usb-b-part5 /mnt/e ext4 defaults 0 0
/dev/mapper/vg-data /mnt/f ext4 defaults 0 0
/dev/nvme0n1p5 /mnt/g auto defaults 0 0
`,
  });
  const plan = await planLinuxUniversal(installedLinux(system.root, VOLUMES, { "/": 1 }), system.tree);
  await system.apply(plan.changes);
  const after = system.text("etc/fstab").split("\n");
  expect(after[7]).toBe("UUID=00000005-aaaa-4bbb-8ccc-dddddddddddd /mnt/g auto defaults 0 0");
  expect(after.slice(1, 7).filter((line) => line.startsWith("UUID"))).toEqual([]);
  expect(plan.problems.filter(({ text }) => text.includes("fstab")).map(({ text }) => text.split(": ").at(-1))).toEqual(
    [
      "partition 1 holds vfat",
      "this disk has no volume in a partition 9",
      "it was on another disk than the system",
      "it was on another disk than the system",
      "it was on another disk than the system",
    ],
  );
});

test("what is mounted of another disk is named, where the system does not start without it", async () => {
  const lines = [
    ["UUID=00000002-aaaa-4bbb-8ccc-dddddddddddd / ext4 defaults 0 1", true],
    ["UUID=99999999-aaaa-4bbb-8ccc-dddddddddddd /srv ext4 defaults 0 2", false],
    ["LABEL=backup /backup ext4 defaults,nofail 0 2", true],
    ["LABEL=films /films ext4 noauto 0 2", true],
    ["/dev/mapper/other-data /data ext4 defaults 0 2", false],
    ["PARTUUID=99999999-aaaa-4bbb-8ccc-dddddddddddd none swap sw 0 0", false],
    ["nas:/films /nas nfs defaults 0 0", true],
  ] as const;
  using system = systemFolder({ "etc/fstab": lines.map(([line]) => `${line}\n`).join("") });
  const volumes = VOLUMES.slice(0, 4);
  const plan = await planLinuxUniversal(installedLinux(system.root, volumes, { "/": 1 }), system.tree);
  const told = plan.problems
    .map(({ text }) => text)
    .filter((text) => text.includes("fstab"))
    .join("\n");
  for (const [line, isFine] of lines)
    expect([line, told.includes(line.split(" ")[0] as string)]).toEqual([line, !isFine]);
  // A closed container may hold them.
  const closed = await planLinuxUniversal(installedLinux(system.root, VOLUMES, { "/": 1 }), system.tree);
  expect(closed.problems.filter(({ text }) => text.includes("fstab"))).toEqual([]);
});

test("a root in LUKS is opened by the start file, also when it is made where no disk is", async () => {
  const inside = volume(6, "ext4", { inside: ["vault"], uuid: "77777777-aaaa-4bbb-8ccc-dddddddddddd" });
  const volumes = [...VOLUMES, inside];
  for (const [line, after] of [
    [
      "vault UUID=00000006-aaaa-4bbb-8ccc-dddddddddddd none luks,discard",
      "vault UUID=00000006-aaaa-4bbb-8ccc-dddddddddddd none luks,discard,initramfs",
    ],
    ["vault /dev/sda6", "vault UUID=00000006-aaaa-4bbb-8ccc-dddddddddddd none luks,initramfs"],
    ["vault PARTUUID=11111116-aaaa-4bbb-8ccc-dddddddddddd /etc/key luks,initramfs", undefined],
    ["other UUID=00000005-aaaa-4bbb-8ccc-dddddddddddd none luks", undefined],
  ] as const) {
    using system = systemFolder({
      "etc/fstab": "/dev/mapper/vault / ext4 defaults 0 1\n",
      "etc/crypttab": `# <target name> <source device>\n${line}\n`,
      "usr/share/initramfs-tools/hooks/cryptroot": "",
    });
    const plan = await planLinuxUniversal(installedLinux(system.root, volumes, { "/": 5 }), system.tree);
    await system.apply(plan.changes);
    expect(system.text("etc/crypttab")).toBe(`# <target name> <source device>\n${after ?? line}\n`);
  }
});
