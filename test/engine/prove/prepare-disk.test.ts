import { readdirSync, readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { type PreparedDisk, prepareDisk } from "#imaging/prove/prepare/prepare-disk.ts";
import { throwAway } from "#imaging/prove/throw-away.ts";
import { groupText, linearText, lvmVolume } from "#test/doubles/lvm-volume.ts";
import { emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { blankDisk, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { encrypt, HEADER } from "#test/engine/volume/luks-volume.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const signal = new AbortController().signal;
const GRUB = "menuentry x {\n  linux /vmlinuz root=/dev/x ro quiet\n}\n";

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

/** A folder of files, by their paths; one that ends in "@" is a link to its text. */
async function folder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = workspace.path(name);
  for (const [path, text] of Object.entries(files)) {
    const place = join(root, path.replace(/@$/, ""));
    await mkdir(join(place, ".."), { recursive: true });
    await (path.endsWith("@") ? symlink(text, place) : writeFile(place, text));
  }
  return root;
}

const SYSTEM = {
  "usr/lib/os-release": 'PRETTY_NAME="Test Linux 1"\n',
  "usr/lib/systemd/systemd": "",
  "boot/grub/grub.cfg": GRUB,
};

async function ext4(name: string, files: Readonly<Record<string, string>>, size: number): Promise<string> {
  const image = emptyImage(workspace.path(`${name}.ext4`), size);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-d", await folder(name, files), image);
  return image;
}

/** A GPT disk with these volumes as its partitions, each at a multiple of 1 MiB. */
async function diskOf(name: string, volumes: readonly { bytes: Uint8Array; type?: string }[]): Promise<string> {
  const sizes = volumes.map(({ bytes }) => bytes.length / MIB);
  const disk = await blankDisk(workspace.path(name), (sizes.reduce((a, b) => a + b, 0) + 2) * MIB);
  const lines = volumes.map(({ type = "linux" }, i) => `size=${sizes[i]}MiB, type=${type}`);
  await runTool("sfdisk", ["--quiet", "--no-reread", disk], { input: ["label: gpt", ...lines, ""].join("\n") });
  let at = MIB;
  for (const { bytes } of volumes) {
    await writeAt(disk, at, bytes);
    at += bytes.length;
  }
  return disk;
}

interface Copy {
  readonly prepared: PreparedDisk;
  /** A range of the copy, as a file of its own. */
  range(offset: number, size: number): Promise<string>;
  readonly unchanged: boolean;
}

async function prepare<T>(
  disk: string,
  keys: readonly { partition: number; key: Uint8Array }[],
  use: (copy: Copy) => Promise<T>,
): Promise<T> {
  const before = readFileSync(disk);
  await using device = await openDevice(disk);
  await using copy = throwAway(device, { mostBytes: 64 * MIB });
  const { volumes } = await surveyDisk(device);
  const partitions = volumes.map(({ info }) => info);
  const prepared = await prepareDisk(copy.device, partitions, { keys, signal });
  return await use({
    prepared,
    async range(offset, size) {
      const file = workspace.path("range");
      await writeFile(file, await readBytes(copy.device, offset, size));
      return file;
    },
    unchanged: Buffer.compare(before, readFileSync(disk)) === 0,
  });
}

const cat = (image: string, path: string): string => run("debugfs", "-R", `cat ${path}`, image);

test("a root file system and an EFI system partition: prepared in the copy alone, sound, and told of", async () => {
  const root = await ext4("plain", SYSTEM, 24 * MIB);
  const esp = emptyImage(workspace.path("esp"), 34 * MIB);
  run("mkfs.fat", "-F", "32", esp);
  for (const path of ["::/EFI", "::/EFI/debian", "::/loader", "::/loader/entries"]) run("mmd", "-i", esp, path);
  await writeFile(workspace.path("file"), "x");
  await writeFile(workspace.path("entry"), "title x\nlinux /k\noptions quiet\n");
  run("mcopy", "-i", esp, workspace.path("file"), "::/EFI/debian/shimx64.efi");
  run("mcopy", "-i", esp, workspace.path("entry"), "::/loader/entries/x.conf");
  const disk = await diskOf("plain.raw", [{ bytes: readFileSync(esp), type: "uefi" }, { bytes: readFileSync(root) }]);
  await prepare(disk, [], async ({ prepared, range, unchanged }) => {
    expect(unchanged).toBe(true);
    expect(prepared).toMatchObject({ left: [], kernels: 2, systems: ["Test Linux 1"], hasEfiFallback: false });
    expect(prepared.startedInPlace).toBe("EFI/debian/shimx64.efi");
    const ext = await range(35 * MIB, 24 * MIB);
    expect(run("e2fsck", "-fn", ext)).toBeDefined();
    expect(cat(ext, "/boot/grub/grub.cfg")).toContain("root=/dev/x ro quiet console=tty0 console=ttyS0");
    expect(cat(ext, "/etc/systemd/system/lifeboat-boot-proof.service")).toContain("DefaultDependencies=no");
    expect(
      run("debugfs", "-R", "stat /etc/systemd/system/sysinit.target.wants/lifeboat-boot-proof.service", ext),
    ).toContain("../lifeboat-boot-proof.service");
    const fat = await range(MIB, 34 * MIB);
    expect(run("mtype", "-i", fat, "::/loader/entries/x.conf")).toContain("options quiet console=tty0");
    expect(run("mtype", "-i", fat, "::/startup.nsh")).toContain("\\EFI\\debian\\shimx64.efi");
  });
});

test("links on the disk lead nowhere: no file of this machine is read or written", async () => {
  const outside = await folder("outside", { "grub/grub.cfg": GRUB, "system/keep": "" });
  const files = {
    "usr/lib/systemd/systemd": "",
    "boot@": outside,
    "etc/systemd@": outside,
    "usr/lib/os-release@": join(outside, "grub/grub.cfg"),
  };
  const root = await ext4("links", files, 24 * MIB);
  const disk = await diskOf("links.raw", [{ bytes: readFileSync(root) }]);
  await prepare(disk, [], async ({ prepared }) => {
    expect(prepared).toMatchObject({ kernels: 0, systems: [] });
    expect(prepared.left.join()).toMatch(/partition 1: .*symbolic links/);
  });
  expect(readFileSync(join(outside, "grub/grub.cfg"), "utf8")).toBe(GRUB);
  expect(readdirSync(join(outside, "system"))).toEqual(["keep"]);
});

test("a logical volume in LUKS is prepared with the key, and named without it", async () => {
  const pv = workspace.path("pv");
  await writeFile(
    pv,
    lvmVolume({ size: 34 * MIB, text: groupText(linearText("root", [16, 8], [8, 0]), { peCount: 33 }) }),
  );
  const root = readFileSync(await ext4("inner", SYSTEM, 24 * MIB));
  await writeAt(pv, MIB + 8 * MIB, root.subarray(0, 16 * MIB));
  await writeAt(pv, MIB, root.subarray(16 * MIB));
  const luks = encrypt(pv, workspace.path("luks"), { key: "pass" });
  const bytes = readFileSync(luks);
  expect(bytes.length).toBe(34 * MIB + HEADER);
  const disk = await diskOf("luks.raw", [{ bytes }]);
  await prepare(disk, [], async ({ prepared }) => {
    expect(prepared).toMatchObject({ kernels: 0, systems: [] });
    expect(prepared.left).toEqual(["partition 1: it is encrypted with LUKS, and no key was given"]);
  });
  await prepare(disk, [{ partition: 1, key: Buffer.from("pass") }], async ({ prepared, unchanged }) => {
    expect(prepared).toMatchObject({ left: [], kernels: 1, systems: ["Test Linux 1"] });
    expect(prepared.added[0]).toMatch(/^partition 1 > unlocked > vg0\/root: \/etc\/lifeboat-boot-proof/);
    expect(unchanged).toBe(true);
  });
});
