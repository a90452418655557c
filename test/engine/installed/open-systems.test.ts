import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDevice } from "#imaging/device/file-device.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { diskVolumes } from "#imaging/installed/disk-volumes.ts";
import { imageVolumes } from "#imaging/installed/image-volumes.ts";
import type { FoundSystems } from "#imaging/tasks/find-systems-task.ts";
import { runTask, TASK_ROOT } from "#imaging/tasks/run-task.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { encrypt } from "#test/engine/volume/luks-volume.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const { signal } = new AbortController();
let space: Workspace;
let disk: string;
let key: Uint8Array;

beforeAll(async () => {
  space = await openWorkspace();
  disk = space.path("disk.raw");
  key = new TextEncoder().encode("first");
  await makeDisk();
});
afterAll(() => space[Symbol.asyncDispose]());

async function tree(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = space.path(`${name}.files`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

async function ext4(name: string, files: Readonly<Record<string, string>>, uuid: string): Promise<string> {
  const image = emptyImage(space.path(name), 40 * MIB);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-U", uuid, "-d", await tree(name, files), image);
  return image;
}

const ROOT = "11111111-0000-4000-8000-000000000001";
const BOOT = "11111111-0000-4000-8000-000000000002";
const DATA = "11111111-0000-4000-8000-000000000003";

/** An EFI system partition, /boot, the root and /var in LVM in LUKS2, another system in a subvolume of btrfs, Windows, and data. */
async function makeDisk(): Promise<void> {
  const fstab = `UUID=${BOOT} /boot ext4 defaults 0 2
UUID=ABCD-0001 /boot/efi vfat umask=0077 0 1
/dev/mapper/vg0-root / ext4 defaults 0 1
/dev/vg0/var /var ext4 defaults 0 2
UUID=${DATA} /srv/data ext4 defaults 0 2
UUID=22222222-0000-4000-8000-000000000001 /opt ext4 nofail 0 2
`;
  const root = {
    "etc/fstab": fstab,
    "etc/crypttab": "vault UUID=x none luks\n",
    "usr/bin/x": "",
    "boot/.keep": "",
    "var/.keep": "",
    "etc/os-release": 'PRETTY_NAME="Sealed Linux 7"\n',
  };
  const group = await VolumeGroup.make(space.folder, [100 * MIB]);
  {
    await using _ = group;
    await group.create("root", 40);
    await group.create("var", 40);
    for (const [name, files] of [
      ["root", root],
      ["var", { "lib/there": "var" }],
    ] as const) {
      const image = await ext4(name, files, name === "root" ? ROOT : "11111111-0000-4000-8000-000000000004");
      for (const { start, end, from, pv } of await group.pieces(name))
        run(
          "dd",
          `if=${image}`,
          `of=${pv}`,
          `skip=${from}`,
          `seek=${start}`,
          `count=${end - start}`,
          "iflag=skip_bytes,count_bytes",
          "oflag=seek_bytes",
          "conv=notrunc",
          "bs=1M",
          "status=none",
        );
    }
  }
  const vault = encrypt(group.files[0] as string, space.path("vault"), { version: 2 });
  const esp = emptyImage(space.path("esp"), 40 * MIB);
  run("mkfs.vfat", "-F", "32", "-i", "ABCD0001", esp);
  run("mmd", "-i", esp, "::/EFI");
  run("mcopy", "-i", esp, join(await tree("esp", { "grub.cfg": "a loader" }), "grub.cfg"), "::/EFI/Grub.cfg");
  const btrfs = emptyImage(space.path("btrfs"), 130 * MIB);
  run("mkfs.btrfs", "-q", "-L", "pool", btrfs);
  const files = {
    "@/etc/fstab": "LABEL=pool / btrfs subvol=@ 0 0\nLABEL=pool /var btrfs subvol=@var 0 0\n",
    ...{ "@/usr/x": "", "@/var/.keep": "", "@var/there": "" },
  };
  const pool = await tree("pool", files);
  withMount(btrfs, "rw", (folder) => {
    for (const name of ["@", "@var"]) run("btrfs", "-q", "subvolume", "create", join(folder, name));
    run("cp", "-r", `${pool}/.`, folder);
  });
  const windows = emptyImage(space.path("windows"), 40 * MIB);
  run("mkntfs", "-q", "-F", "-Q", "-p", "0", "-H", "0", "-S", "0", windows);
  await runTool("ntfscp", [
    "-q",
    windows,
    await tree("hive", { SYSTEM: "regf" }).then((folder) => join(folder, "SYSTEM")),
    "SYSTEM",
  ]);
  const parts = [
    esp,
    await ext4("boot", { vmlinuz: "kernel", "efi/.keep": "" }, BOOT),
    vault,
    btrfs,
    windows,
    await ext4("data", { mine: "data" }, DATA),
  ];
  const sizes = [40, 40, 116, 130, 40, 40];
  await blankDisk(disk, 420 * MIB);
  const lines = sizes.map(
    (size, i) => `size=${size}MiB${i === 0 ? ", type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B" : ""}`,
  );
  await runTool("sfdisk", ["--quiet", "--no-reread", "--no-tell-kernel", disk], {
    input: `label: gpt\n${lines.join("\n")}\n`,
  });
  for (const [i, { offset }] of (await readPartitions(disk)).entries())
    run(
      "dd",
      `if=${parts[i]}`,
      `of=${disk}`,
      `seek=${offset}`,
      "oflag=seek_bytes",
      "conv=notrunc,sparse",
      "bs=1M",
      "status=none",
    );
}

/** Of this process: other tests run beside it. */
const ownFolders = (): string[] =>
  existsSync(TASK_ROOT) ? readdirSync(TASK_ROOT).filter((name) => name.startsWith(`${process.pid}@`)) : [];

const described = ({ systems }: FoundSystems) =>
  systems.map(({ kind, name, mounts, efi, missing }) => ({
    ...{ kind, name, missing: missing.map(({ text }) => text) },
    mounts: mounts.map(({ folder, volume, subvolume }) => [
      folder,
      volume.partition,
      ...volume.inside,
      ...(subvolume ? [subvolume] : []),
    ]),
    efi: efi.map(({ volume }) => volume.partition),
  }));
const EXPECTED = [
  {
    kind: "linux",
    name: "Sealed Linux 7",
    missing: ["/opt (UUID=22222222-0000-4000-8000-000000000001): it is on no volume of this disk that can be opened"],
    mounts: [
      ["/", 3, "unlocked", "vg0/root"],
      ["/boot", 2],
      ["/boot/efi", 1],
      ["/var", 3, "unlocked", "vg0/var"],
    ],
    efi: [1],
  },
  {
    kind: "linux",
    name: "Linux",
    missing: [],
    mounts: [
      ["/", 4, "@"],
      ["/var", 4, "@var"],
    ],
    efi: [1],
  },
];

test("systems of an image, in LVM in LUKS and in a subvolume, each with what its fstab names", async () => {
  const image = space.path("disk.lbi");
  await lifeboatJson("capture", disk, "--to", image, "--no-verify");
  const before = await sha256File(image);
  await using volumes = await imageVolumes(await openImage(image, {}), [{ partition: 3, key }]);
  const found = await runTask("find-systems", {}, volumes, { write: false, signal });
  expect(described(found)).toEqual(EXPECTED);
  expect(await sha256File(image)).toBe(before);
  expect(ownFolders()).toEqual([]);
});

test("on a disk, volumes that no system needs stay as they are to the bit", async () => {
  const partitions = await readPartitions(disk);
  const hashes = async () => {
    const all: string[] = [];
    for (const { offset, size } of partitions)
      all.push(
        run(
          "sh",
          "-c",
          `dd if=${disk} iflag=skip_bytes,count_bytes skip=${offset} count=${size} bs=1M status=none | sha256sum`,
        ),
      );
    return all;
  };
  const before = await hashes();
  await using device = await openDevice(disk, { write: true });
  await using volumes = await diskVolumes(device, [{ partition: 3, key }]);
  const found = await runTask("find-systems", {}, volumes, { write: true, signal });
  expect(described(found)).toEqual(EXPECTED);
  expect(ownFolders()).toEqual([]);
  const after = await hashes();
  // Not the EFI system partition, in which nothing was changed; not Windows' data, nor data.
  for (const i of [0, 4, 5]) expect(after[i]).toBe(before[i]);
  expect(after[2]).not.toBe(before[2]); // a journal was opened
});

test("an encrypted volume without its key is said to be closed", async () => {
  await using device = await openDevice(disk, { write: true });
  await using volumes = await diskVolumes(device);
  expect(volumes.closed).toEqual([
    expect.stringContaining("partition 3: it is encrypted with LUKS and no key was given"),
  ]);
});
