import type { Guest } from "./iso-guest.ts";

/** In the guest, by Debian's own tools: a disk with LVM in LUKS2, XFS, btrfs and ext4, and the proof of its copy. */

const KEY = "/run/luks-key";
const MOUNT = "/mnt/volume";

/** What is mounted: name -> where it lies on a disk whose LUKS partition is open. */
const FILESYSTEMS: readonly (readonly [name: string, device: (disk: string) => string, check: string])[] = [
  ["lvm", () => "/dev/rescue/files", "e2fsck -f -n"],
  ["xfs", (disk) => `${disk}2`, "xfs_repair -n"],
  ["btrfs", (disk) => `${disk}3`, "btrfs check"],
  ["ext4", (disk) => `${disk}4`, "e2fsck -f -n"],
];

/** All of them, or the status of the first that fails. */
const inTurn = (...commands: readonly string[]): string => commands.join(" && ");

/** Fills each file system with the programs of the guest and noise of `mib` MiB, and notes the hashes of all files. */
export async function makeVolumes(guest: Guest, disk: string, mib = 24): Promise<void> {
  await guest.run(
    inTurn(
      `mkdir -p ${MOUNT} && head -c 64 /dev/urandom > ${KEY}`,
      `sgdisk -n 1::+320M -t 1:8309 -n 2::+320M -n 3::+160M -n 4::+64M ${disk} > /dev/null && udevadm settle`,
      `cryptsetup luksFormat -q --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file ${KEY} ${disk}1`,
      `cryptsetup open --key-file ${KEY} ${disk}1 inner && pvcreate -q /dev/mapper/inner && vgcreate -q rescue /dev/mapper/inner`,
      "lvcreate -q -y -n files -L 192M rescue && lvcreate -q -y -n swap -L 64M rescue && mkswap -q -L inside /dev/rescue/swap",
      `mkfs.ext4 -q /dev/rescue/files && mkfs.xfs -q ${disk}2 && mkfs.btrfs -q ${disk}3 && mkfs.ext4 -q ${disk}4`,
    ),
    240,
  );
  for (const [name, device] of FILESYSTEMS) {
    const fill = `head -c ${mib}M /dev/urandom > ${MOUNT}/noise && mkdir ${MOUNT}/deep && cp -a /etc ${MOUNT}/deep/`;
    await guest.run(
      inTurn(`mount ${device(disk)} ${MOUNT}`, fill, hashes(`/run/${name}.sums`), `umount ${MOUNT}`),
      240,
    );
  }
}

const hashes = (to: string): string =>
  `(cd ${MOUNT} && find . -type f -print0 | sort -z | xargs -0 sha256sum > ${to} && [ -s ${to} ])`;

/** What the engine starts, and what makes a restored system whole again. */
const TOOLS =
  "blockdev cryptsetup dmsetup env flock ionice ldmtool losetup lsblk lvm mdadm ntfs-3g btrfs fsck.exfat fsck.f2fs xfs_repair";

/** @throws when a tool is missing, or lacks a library that was trimmed away */
export const checkTools = (guest: Guest): Promise<string> =>
  guest.run(
    `for tool in ${TOOLS}; do command -v $tool > /dev/null || { echo $tool is missing; false; break; }; done && ldmtool scan`,
  );

/** Names, sizes and UUIDs of the logical volumes, and the encryption below them without its key and its disk. */
export const describeVolumes = (guest: Guest): Promise<string> =>
  guest.run(
    inTurn(
      "lvs --noheadings --units b -o lv_name,lv_size,lv_uuid,vg_uuid rescue",
      "dmsetup table inner | cut -d ' ' -f 1-4,6,8-",
      "dmsetup table rescue-files | cut -d ' ' -f 1-3",
      "blkid -p -s LABEL -s UUID -o value /dev/rescue/swap",
    ),
  );

export const closeVolumes = (guest: Guest): Promise<string> =>
  guest.run("vgchange -q -an rescue && cryptsetup close inner && btrfs device scan --forget");

export const openVolumes = (guest: Guest, disk: string): Promise<string> =>
  guest.run(`cryptsetup open --key-file ${KEY} ${disk}1 inner && vgchange -q -ay rescue && udevadm settle`, 120);

/** @throws when a file system is not clean, or one file is not what it was */
export async function checkVolumes(guest: Guest, disk: string): Promise<void> {
  for (const [name, device, check] of FILESYSTEMS) {
    const place = device(disk);
    await guest.run(`${check} ${place} > /run/check.log 2>&1 || { cat /run/check.log; false; }`, 240);
    const others = `[ "$(find . -type f | wc -l)" = "$(wc -l < /run/${name}.sums)" ]`;
    const compare = `(cd ${MOUNT} && sha256sum --check --quiet /run/${name}.sums && ${others})`;
    await guest.run(inTurn(`mount -o ro ${place} ${MOUNT}`, compare, `umount ${MOUNT}`), 240);
  }
}

/** Where the noise of the plain ext4 file system begins, in sectors of 512 bytes of the disk. */
export async function sectorOfNoise(guest: Guest, disk: string): Promise<number> {
  const map = `filefrag -b512 -v ${MOUNT}/noise`;
  const text = await guest.run(inTurn(`mount -o ro ${disk}4 ${MOUNT}`, map, `umount ${MOUNT}`));
  const first = /^ +0: +0\.\. +\d+: +(\d+)\.\./m.exec(text)?.[1];
  const start = await guest.run(`cat /sys/class/block/${disk.slice("/dev/".length)}4/start`);
  if (first === undefined) throw new Error(`filefrag shows no extent:\n${text}`);
  return Number(start) + Number(first);
}

export const LUKS_KEY = KEY;
