import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { biosStart, efiStart, isoUuid } from "#mediabuilder/iso/own-medium.ts";
import { projectRoot } from "#mediabuilder/recipe.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { trixieBusybox } from "#test/fixtures/trixie-busybox.ts";

/**
 * Which of several media the initramfs takes: its functions, with the busybox that runs them, in a root in which files stand for disks. A
 * disk is "mounted" by copying what is beside it.
 */
const BUILD = "0123456789abcdef";
const OWN_ISO = isoUuid("fedcba9876543210");
const DISKS = {
  sda: { make: fat("32", "0A0B0C0D"), uuid: "0A0B-0C0D", build: BUILD },
  sdb: { make: fat("32", "00F1E2D3"), uuid: "00F1-E2D3", build: BUILD },
  sdc: { make: fat("16", "CAFE0001"), uuid: "CAFE-0001", build: "another" },
  sr0: { make: iso, uuid: OWN_ISO.uuid, build: BUILD },
} as const;
type Name = keyof typeof DISKS;
const NAMES = Object.keys(DISKS) as Name[];

let folder = "";
const root = (...path: string[]) => join(folder, "root", ...path);

function fat(bits: string, serial: string) {
  return async (file: string) => {
    await runTool("truncate", ["-s", bits === "32" ? "40M" : "20M", file]);
    await runTool("mkfs.vfat", [
      "-F",
      bits,
      ...(bits === "32" ? ["-s", "1"] : []),
      "-n",
      "LIFEBOAT",
      "-i",
      serial,
      file,
    ]);
  };
}

async function iso(file: string): Promise<void> {
  const tree = `${file}.tree`;
  await mkdir(tree);
  const options = ["-as", "mkisofs", "-quiet", "-V", "LIFEBOAT", `--modification-date=${OWN_ISO.date}`];
  await runTool("xorriso", [...options, "-o", file, tree]);
  await rm(tree, { recursive: true });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-own-medium-"));
  for (const path of ["bin", "lib", "etc/lifeboat", "dev", "proc", "run/lifeboat", "sys/class/block"])
    await mkdir(root(path), { recursive: true });
  await copyFile(await trixieBusybox(), root("bin/busybox"));
  for (const name of ["memory", "medium"])
    await copyFile(join(projectRoot, `rescue/init/initramfs-${name}`), root("lib", name));
  await writeFile(root("etc/lifeboat/layers.list"), `build ${BUILD}\n`);
  for (const name of NAMES) {
    await DISKS[name].make(root("dev", name));
    await mkdir(root("content", name, ".disk"), { recursive: true });
    await writeFile(root("content", name, ".disk/lifeboat"), `${DISKS[name].build}\n`);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => rm(root("run"), { recursive: true, force: true }));

async function shell(commands: string, disks: readonly Name[] = []): Promise<string> {
  await rm(root("sys/class/block"), { recursive: true, force: true });
  for (const name of disks) await mkdir(root("sys/class/block", name), { recursive: true });
  const script = [
    "export PATH=/bin; /bin/busybox --install -s /bin; mkdir -p /run/lifeboat/medium",
    "medium=/run/lifeboat/medium list=/etc/lifeboat/layers.list",
    'say() { echo "$*"; }; load_drivers() { :; }; sleep() { :; }',
    ". /lib/memory; . /lib/medium; patience=2",
    'mount() { cp -r "/content/$(basename "$5")/.disk" "$medium"; }; umount() { rm -r "$medium/.disk"; }',
    commands,
  ].join("\n");
  return (await runTool("chroot", [root(), "/bin/busybox", "sh", "-c", script])).stdout.trim();
}

test.each(NAMES)("the UUID of %s is the one that GRUB's own drivers and blkid read", async (name) => {
  const { uuid } = DISKS[name];
  await using loop = await attachLoop(root("dev", name), { readOnly: true });
  const grub = await runTool("grub-probe", ["--device", loop.path, "--target", "fs_uuid"]);
  const blkid = await runTool("blkid", ["-p", "-s", "UUID", "-o", "value", loop.path]);
  expect([grub.stdout.trim(), blkid.stdout.trim(), await shell(`volume_uuid /dev/${name}`)]).toEqual([
    uuid,
    uuid,
    uuid,
  ]);
});

const found = (uuid: string, disks: readonly Name[]) =>
  shell(`parameter() { echo ${uuid}; }; wait_for_medium; echo "device $device"; ls /run/lifeboat`, disks);

test.each<[Name, readonly Name[]]>([
  ["sda", ["sda", "sdb", "sdc", "sr0"]],
  ["sdb", ["sda", "sdb", "sdc", "sr0"]],
  ["sr0", ["sda", "sdb", "sr0"]],
])("%s is taken where GRUB says that it is the one, whatever else of the same build is there", async (name, disks) => {
  expect(await found(DISKS[name].uuid, disks)).toBe(`device ${name}\nmedium`);
});

test("another loader, which names none, gets the first one of this build", async () => {
  expect(await found("", ["sdc", "sr0"])).toBe("device sr0\nmedium");
});

test("one that is not seen has a stand-in of the same build, after a while and with a message, and never one of another build", async () => {
  const lines = (await found(DISKS.sda.uuid, ["sdb", "sdc"])).split("\n");
  expect(lines).toEqual([
    "The medium that this computer was started from (0A0B-0C0D) is not seen. /dev/sdb has the same version, and is used instead.",
    "device sdb",
    "medium",
    "notices",
    "stand-in",
  ]);
});

test("with another build alone it waits, and says what it looked at; the medium is taken when it is plugged in", async () => {
  const plugged = "load_drivers() { [ $tries -lt 16 ] || mkdir -p /sys/class/block/sda; }";
  const commands = `parameter() { [ $1 = lifeboat.debug-shell ] || echo ${DISKS.sda.uuid}; }; ${plugged}; wait_for_medium; echo "device $device"`;
  const lines = (await shell(commands, ["sdc"])).split("\n");
  expect(lines[0]).toBe(
    "The medium with the label LIFEBOAT (0A0B-0C0D) was not found yet. Looked at: sdc(vfat):another-build.",
  );
  expect(lines.at(-1)).toBe("device sda");
});

test("what leads GRUB from the ISO's EFI partition to its menu is a script to GRUB's own checker", async () => {
  const file = join(folder, "start.cfg");
  for (const text of [efiStart(OWN_ISO), biosStart(OWN_ISO)]) {
    await writeFile(file, text);
    const { status, stderr } = await runTool("grub-script-check", [file], { accept: [0, 1] });
    expect([status, stderr]).toEqual([0, ""]);
  }
  expect(await readFile(file, "utf8")).toContain(OWN_ISO.uuid);
});
