import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loaderOf } from "#imaging/boot/efi/loader-kind.ts";
import { readPe } from "#imaging/boot/efi/pe-file.ts";
import type { GrubImages } from "#imaging/boot/grub/grub-image.ts";
import { planBootRepair } from "#imaging/boot/plan-boot-repair.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { type Files, installedLinux, installedVolume, systemFolder } from "#test/doubles/boot-folder.ts";
import { efiProgram, GRUB, MANAGER, SHIM, WINDOWS } from "#test/doubles/efi-program.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const ESP_TYPE = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
const ROOT = "aaaaaaaa-0000-4000-8000-000000000003";
const WRONG = "dddddddd-0000-4000-8000-00000000dead";
const ESP = installedVolume(1, "vfat", { uuid: "4C49-0002", partitionType: ESP_TYPE });
const signal = new AbortController().signal;

const MENU = `menuentry 'x' {\n search --fs-uuid --set=root ${ROOT}\n linux /boot/vmlinuz-6 root=UUID=${ROOT}\n}\n`;
const LINUX: Files = {
  ...{
    "boot/vmlinuz-6": "k",
    "boot/grub/grub.cfg": MENU,
    "etc/os-release": 'ID=somelinux\nPRETTY_NAME="Some Linux 7"\n',
  },
  "etc/fstab": `UUID=${ROOT} / ext4 defaults 0 1\nUUID=4C49-0002 /boot/efi vfat umask=0077 0 1\n`,
};
const SIGNED: Files = {
  ...LINUX,
  ...{ "usr/lib/shim/shimx64.efi.signed": SHIM, "usr/lib/shim/mmx64.efi.signed": MANAGER },
  "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed": GRUB,
};
const MODULES: Files = Object.fromEntries(
  ["kernel.img", "moddep.lst", "ext2.mod", "part_gpt.mod", "normal.mod"].map((name) => [
    `usr/lib/grub/x86_64-efi/${name}`,
    name,
  ]),
);

async function disk() {
  const device = memoryDevice(300 * MIB);
  const partition = { name: undefined, active: false, role: "primary" as const, attributes: "0x0" };
  const partitions = [
    {
      ...partition,
      number: 1,
      start: MIB,
      size: 100 * MIB,
      type: ESP_TYPE,
      guid: "bbbbbbbb-0000-4000-8000-000000000001",
    },
    {
      ...partition,
      number: 3,
      start: 110 * MIB,
      size: 100 * MIB,
      type: ESP_TYPE.replace("c12", "0fc"),
      guid: "bbbbbbbb-0000-4000-8000-000000000003",
    },
  ];
  const design = { type: "gpt" as const, size: device.size, sectorSize: 512, diskId: WRONG, partitions };
  for (const { bytes, offset } of buildTable(design)) await device.write(bytes, offset);
  return { device, table: await readPartitionTable(device) };
}

/** Says what it was asked to build. */
const images: GrubImages = async ({ config, names }) =>
  new Uint8Array(efiProgram({ sections: ["mods"], says: `${config}\0${names.join(" ")}` }));

interface World {
  readonly linux?: Files;
  readonly esp?: Files;
  readonly windows?: Files;
  readonly machine?: Files;
  /** Whether the Linux mounts the partition; yes unless it says no. */
  readonly mounts?: boolean;
  readonly firmware?: "uefi";
}

/** Plans a repair, and again when it is done. */
async function repaired({ linux, esp = {}, windows, machine = {}, mounts = true, firmware }: World) {
  await using root = await systemFolder(linux ?? {});
  await using part = await systemFolder(esp);
  await using other = await systemFolder(windows ?? {});
  await using here = await systemFolder(machine);
  const volume = installedVolume(3, "ext4");
  const common = { efi: [{ root: part.root, volume: ESP }], volumes: [volume, ESP] };
  const systems: { system: InstalledSystem; tree: typeof root.tree }[] = [];
  if (linux) {
    // As the real one: the same files below the system's folder and in one of the partition's own.
    const own = [{ folder: "/", volume }, ...(mounts ? [{ folder: "/boot/efi", volume: ESP }] : [])];
    systems.push({ system: installedLinux(root.root, { ...common, mounts: own }), tree: root.tree });
  }
  if (windows) {
    const system = { ...installedLinux(other.root, common), kind: "windows" as const, name: "Windows" };
    systems.push({ system, tree: systemTree(other.root, { ignoreCase: true }) });
  }
  const where = await disk();
  const ask = () => planBootRepair({ ...where, systems, images, machine: here.tree, firmware });
  const plan = await ask();
  for (const { changes, notes, problems } of plan.systems) expectSaid(changes, notes, problems);
  expectSaid(plan.notes, plan.problems, plan.disk, ...plan.esps.map(({ changes }) => changes));
  const options = { keepIn: "/kept", signal };
  for (const { root: folder, changes } of plan.systems) await applyChanges(systemTree(folder), changes, options);
  // What was written below /boot/efi is what the partition holds.
  const written = await systemTree(root.root).list("/boot/efi/EFI");
  for (const name of written) await moveOver(join(root.root, "boot/efi/EFI", name), join(part.root, "EFI", name));
  const windowsFiles = plan.bcd.map(({ files }) => ({ root: part.root, changes: files }));
  for (const { root: folder, changes } of [...plan.esps, ...windowsFiles])
    await applyChanges(systemTree(folder, { ignoreCase: true }), changes, options);
  const again = await ask();
  const own = again.bcd.map(({ files }) => ({ changes: files }));
  const left = [...again.systems, ...again.esps, ...own].flatMap(({ changes }) => changes.map(({ text }) => text));
  const read = async (path: string) => await systemTree(part.root, { ignoreCase: true }).read(path);
  const fstab = await systemTree(root.root).text("/etc/fstab");
  const files = {
    stub: (await read("/EFI/somelinux/grub.cfg"))?.toString(),
    fallback: await read("/EFI/BOOT/BOOTX64.EFI"),
  };
  const names = [...(await list(part.root, "EFI"))].sort();
  return { plan, left, names, fstab, ...files };
}

async function list(root: string, folder: string): Promise<string[]> {
  const tree = systemTree(root);
  const names: string[] = [];
  for (const name of await tree.list(folder))
    if ((await tree.kind(`${folder}/${name}`)) === "folder") names.push(...(await list(root, `${folder}/${name}`)));
    else names.push(`${folder}/${name}`);
  return names;
}

async function moveOver(from: string, to: string): Promise<void> {
  const { mkdir, readdir } = await import("node:fs/promises");
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await rename(join(from, name), join(to, name));
}

const problemsOf = ({ plan }: Awaited<ReturnType<typeof repaired>>) => plan.systems.flatMap(({ problems }) => problems);
const notesOf = ({ plan }: Awaited<ReturnType<typeof repaired>>) =>
  plan.systems.flatMap(({ notes }) => notes.map(({ code }) => code));
const WHOLE = ["BOOT/BOOTX64.EFI", "BOOT/grubx64.efi", "BOOT/mmx64.efi"];
const HOME = ["BOOTX64.CSV", "grub.cfg", "grubx64.efi", "mmx64.efi", "shimx64.efi"].map((name) => `somelinux/${name}`);
const inEfi = (names: readonly string[]) => names.map((name) => `EFI/${name}`);

describe("an EFI system partition of a Linux with signed loaders", () => {
  test("that is empty gets its folder and the fallback place", async () => {
    const found = await repaired({ linux: SIGNED });
    expect(problemsOf(found)).toEqual([]);
    expect(found.names).toEqual(inEfi([...WHOLE, ...HOME]));
    expect(found.stub).toBe(
      `search.fs_uuid ${ROOT} root\nset prefix=($root)'/boot/grub'\nconfigfile $prefix/grub.cfg\n`,
    );
    expect(found.plan.loaders).toEqual([{ partition: 1, path: "/EFI/somelinux/shimx64.efi", label: "somelinux" }]);
    expect(found.left).toEqual([]);
  });

  test("that the system does not mount gets them too", async () => {
    const found = await repaired({ linux: SIGNED, mounts: false });
    expect(found.plan.systems.flatMap(({ changes }) => changes)).toEqual([]);
    expect(found.names).toEqual(inEfi([...WHOLE, ...HOME]));
    expect(found.left).toEqual([]);
  });

  test("keeps what is whole, and is told the right volume", async () => {
    const stub = `search.fs_uuid ${WRONG} root\nset prefix=($root)/boot/grub\nconfigfile $prefix/grub.cfg\n`;
    const newer = efiProgram({ sections: [".vendor_cert"], says: "UEFI SHIM of tomorrow" });
    const esp = {
      ...{ "EFI/SomeLinux/shimx64.efi": newer, "EFI/SomeLinux/grubx64.efi": GRUB, "EFI/SomeLinux/grub.cfg": stub },
      ...{ "EFI/BOOT/BOOTX64.EFI": SHIM, "EFI/BOOT/grubx64.efi": GRUB, "EFI/BOOT/mmx64.efi": MANAGER },
    };
    const { plan } = await repaired({ linux: SIGNED, esp, mounts: false });
    const paths = plan.esps.flatMap(({ changes }) => changes.map((one) => ("path" in one ? one.path : "")));
    expect(paths).toEqual(
      ["/EFI/SomeLinux/grub.cfg", "/EFI/SomeLinux/BOOTX64.CSV", "/EFI/SomeLinux/mmx64.efi"].sort(
        (a, b) => paths.indexOf(a) - paths.indexOf(b),
      ),
    );
  });

  test.each([
    ["is for another kind of machine", { "EFI/BOOT/BOOTX64.EFI": efiProgram({ architecture: "aa64", says: "GRUB" }) }],
    ["has nothing to go on with", { "EFI/BOOT/BOOTX64.EFI": SHIM }],
    ["is no program", { "EFI/BOOT/BOOTX64.EFI": "text" }],
  ] as const)("has a fallback place that %s: it is made anew", async (_what, esp) => {
    const found = await repaired({ linux: SIGNED, esp });
    expect(loaderOf(found.fallback ?? new Uint8Array())).toMatchObject({ kind: "shim", architecture: "x64" });
    expect(found.names).toEqual(inEfi([...WHOLE, ...HOME]));
  });

  test("has Windows at the fallback place: that stays, and is said", async () => {
    const found = await repaired({ linux: SIGNED, esp: { "EFI/BOOT/BOOTX64.EFI": WINDOWS } });
    expect(loaderOf(found.fallback ?? new Uint8Array())?.kind).toBe("windows");
    expect(notesOf(found)).toEqual(["BOOT_FALLBACK_OTHER"]);
  });

  test("has shim's own fallback program there, which reads the folder's CSV: that is made", async () => {
    const fb = efiProgram({ says: Buffer.from("\\BOOTX64.CSV", "utf16le").toString("latin1") });
    const found = await repaired({ linux: SIGNED, esp: { "EFI/BOOT/BOOTX64.EFI": SHIM, "EFI/BOOT/fbx64.efi": fb } });
    expect(found.names).toEqual(inEfi(["BOOT/BOOTX64.EFI", "BOOT/fbx64.efi", ...HOME]));
  });
});

describe("a Linux without signed loaders", () => {
  test("gets a GRUB that is built of its own modules, which lie beside its menu", async () => {
    const found = await repaired({ linux: { ...LINUX, ...MODULES } });
    expect(problemsOf(found)).toEqual([]);
    expect(notesOf(found)).toEqual(["BOOT_UNSIGNED"]);
    expect(found.names).toEqual(inEfi(["BOOT/BOOTX64.EFI", "somelinux/grubx64.efi"]));
    expect(Buffer.from(found.fallback ?? []).toString("latin1")).toContain(`search.fs_uuid ${ROOT} root`);
    const modules = found.plan.systems[0]?.changes.flatMap((one) => ("path" in one ? one.path : [])) ?? [];
    expect(modules).toContain("/boot/grub/x86_64-efi/ext2.mod");
    expect(found.left).toEqual([]);
  });

  test("or of this machine's; or of none, which is a problem", async () => {
    expect(problemsOf(await repaired({ linux: LINUX, machine: MODULES }))).toEqual([]);
    expect(problemsOf(await repaired({ linux: LINUX }))).toMatchObject([{ code: "BOOT_LOADER_MISSING" }]);
  });

  test("that is on the partition alone, as Fedora's is, is put at the fallback place", async () => {
    const esp = { "EFI/somelinux/shimx64.efi": SHIM, "EFI/somelinux/grubx64.efi": GRUB };
    const found = await repaired({ linux: LINUX, esp });
    expect(problemsOf(found)).toEqual([]);
    expect(found.names).toEqual(
      expect.arrayContaining(inEfi(["BOOT/BOOTX64.EFI", "BOOT/grub.cfg", "BOOT/grubx64.efi", "somelinux/grub.cfg"])),
    );
  });
});

test("fstab gets the partition when the disk is to start under UEFI, and its right UUID when it has a wrong one", async () => {
  const none = { ...SIGNED, "etc/fstab": `UUID=${ROOT} / ext4 defaults 0 1\n` };
  expect((await repaired({ linux: none, mounts: false, firmware: "uefi" })).fstab).toContain(
    "UUID=4C49-0002 /boot/efi vfat",
  );
  expect((await repaired({ linux: none, mounts: false })).fstab).not.toContain("/boot/efi");
  const wrong = { ...SIGNED, "etc/fstab": "UUID=DEAD-BEEF /boot/efi vfat umask=0077 0 1\n" };
  expect((await repaired({ linux: wrong, mounts: false })).fstab).toBe(
    "UUID=4C49-0002 /boot/efi vfat umask=0077 0 1\n",
  );
});

describe("systemd-boot", () => {
  const BOOT = efiProgram({ sections: [".sdmagic"], says: "#### LoaderInfo: systemd-boot 255 ####" });
  const linux = {
    ...{ "etc/os-release": "ID=arch\n", "usr/lib/systemd/boot/efi/systemd-bootx64.efi": BOOT },
    "etc/fstab": "UUID=4C49-0002 /boot/efi vfat defaults 0 1\n",
  };
  test("is put back, and its entries are told the right root", async () => {
    const esp = {
      "loader/entries/a.conf": `linux /vmlinuz-linux\noptions root=UUID=${WRONG} rw\n`,
      "vmlinuz-linux": "k",
    };
    const found = await repaired({ linux, esp, mounts: false });
    expect(problemsOf(found)).toEqual([]);
    expect(found.names).toEqual(inEfi(["BOOT/BOOTX64.EFI", "systemd/systemd-bootx64.efi"]));
    expect(found.left).toEqual([]);
    const entry = found.plan.esps[0]?.changes.find((one) => "path" in one && one.path.endsWith("a.conf"));
    expect(entry).toMatchObject({ content: expect.stringContaining(`root=UUID=${ROOT} rw`) });
  });
  test("that has lost its kernels cannot be started, and no entry is made up", async () => {
    expect(problemsOf(await repaired({ linux }))).toMatchObject([{ code: "BOOT_KERNEL_MISSING" }]);
  });
});

describe("Windows", () => {
  const windows = {
    ...{ "Windows/Boot/EFI/bootmgfw.efi": WINDOWS, "Windows/Boot/EFI/de-DE/bootmgfw.efi.mui": "words" },
    "Windows/Boot/Fonts/segoe.ttf": "font",
  };
  test("gets its boot manager back from its own folder, where one is that is no program, too", async () => {
    const found = await repaired({ windows, esp: { "EFI/Microsoft/Boot/bootmgfw.efi": "half of it" } });
    expect(found.names).toEqual(
      inEfi([
        "BOOT/BOOTX64.EFI",
        "Microsoft/Boot/Fonts/segoe.ttf",
        "Microsoft/Boot/bootmgfw.efi",
        "Microsoft/Boot/de-DE/bootmgfw.efi.mui",
      ]),
    );
    expect(notesOf(found)).toEqual([]);
    expect(found.plan.bcd).toMatchObject([{ firmware: "uefi", partition: 1 }]);
    expect(found.plan.esps).toEqual([]);
    expect(found.left).toEqual([]);
  });
  test("beside a Linux keeps its own place, and has an entry of its own", async () => {
    const found = await repaired({
      linux: SIGNED,
      windows,
      esp: { "EFI/Microsoft/Boot/bootmgfw.efi": WINDOWS, "EFI/Microsoft/Boot/BCD": "x" },
    });
    expect(found.plan.loaders.map(({ path }) => path)).toEqual([
      "/EFI/somelinux/shimx64.efi",
      "/EFI/Microsoft/Boot/bootmgfw.efi",
    ]);
    expect(loaderOf(found.fallback ?? new Uint8Array())?.kind).toBe("shim");
  });
  test("leaves another system's fallback, and puts its own newer boot manager where there is none", async () => {
    const newer = Buffer.concat([WINDOWS, Buffer.from("newer")]);
    const manager = { "EFI/Microsoft/Boot/bootmgfw.efi": newer };
    expect((await repaired({ windows, esp: manager })).fallback).toEqual(newer);
    const other = await repaired({ windows, esp: { ...manager, "EFI/BOOT/BOOTX64.EFI": SHIM } });
    expect(other.fallback).toEqual(Buffer.from(SHIM));
    expect(notesOf(other)).toEqual(["BOOT_FALLBACK_OTHER"]);
  });
  test("without its boot manager anywhere is a problem", async () => {
    expect(problemsOf(await repaired({ windows: { "Windows/x": "" } }))).toMatchObject([
      { code: "BOOT_LOADER_MISSING" },
    ]);
  });
});

test("what is no program for UEFI is none", () => {
  expect(readPe(new Uint8Array(1000))).toBeUndefined();
  expect(readPe(SHIM.subarray(0, 200))).toBeUndefined();
  expect(readPe(efiProgram({ architecture: "ia32" }))?.architecture).toBe("ia32");
});
