import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { VERSION } from "#cli/version.ts";
import type { DiskOptions, Firmware } from "#imaging/prove/qemu/options.ts";
import type { StickPhase } from "#mediabuilder/usb/stick-plan.ts";
import { firmwareView, readTable, type TableRow } from "#test/engine/stick/firmware-view.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { expectStartedFrom } from "./own-medium.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { buildTestStick } from "./test-stick.ts";

const BOOT_SECONDS = 600;
/** What the pages ask the server. */
const ask = (path: string, method = "GET") =>
  `/opt/lifeboat/node -e 'fetch("http://127.0.0.1:8480${path}", {method: "${method}", headers: {"content-type": "application/json", "idempotency-key": "k" + Date.now()}, ${method === "POST" ? 'body: "{}"' : ""}}).then(r => r.text()).then(t => console.log(t))'`;

const lifeboat = join(import.meta.dirname, "../../lifeboat");
let stick = "";
beforeAll(async () => {
  stick = await buildTestStick("stick", { kiosk: false });
});

const asStick = (file: string, overlay: boolean): DiskOptions => ({
  ...{ file, overlay, format: "raw", bus: "usb", serial: "STICK" },
});

it("starts under BIOS beside a twin of it, takes images on its own data partition, finds them, and keeps the log when it is switched off", async () => {
  const used = stick.replace(".img", "-used.img");
  await runTool("cp", ["--sparse=always", stick, used]);
  const source = stick.replace(".img", "-source.img");
  await runTool("rm", ["-f", source]);
  await runTool("truncate", ["-s", "64M", source]);
  await runTool("mke2fs", ["-q", "-F", "-t", "ext4", "-L", "letters", source]);
  const old = stick.replace(".img", "-old.img");
  await runTool("cp", [source, old]);
  // The same build, at the first place: only the serial number of its boot partition is another one.
  const twin = await buildTestStick("stick-twin", { kiosk: false });
  const disks: DiskOptions[] = [
    { ...asStick(twin, true), serial: "TWIN", bootIndex: 52 },
    asStick(used, false),
    { file: source, format: "raw", bus: "virtio", readOnly: true, bootIndex: 50 },
    { file: old, format: "raw", bus: "virtio", overlay: true, bootIndex: 51, serial: "OLD" },
  ];
  await withVm({ name: "stick", memoryMiB: 1024, display: "none", disks }, async (vm) => {
    await waitForMark(vm, "data exfat", BOOT_SECONDS);
    await waitForMark(vm, "server", BOOT_SECONDS);
    const guest = await Guest.open(vm);
    const disk = await expectStartedFrom(guest, "STICK");
    expect(await guest.run("findmnt --noheadings --raw --output SOURCE,FSTYPE /run/lifeboat/data")).toBe(
      `${disk}3 exfat`,
    );
    // The browser's user sees nothing of it.
    await guest.run("! setpriv --reuid 1000 --clear-groups ls /run/lifeboat/data");
    await guest.run("lifeboat capture /dev/vda --to /run/lifeboat/data/letters.lbi", 300);
    const images = JSON.parse(await guest.run(ask("/api/v1/images/rescan", "POST"), 120));
    expect(images).toMatchObject([{ fileName: "letters.lbi", place: expect.stringContaining("partition 3") }]);
    // What a restore saves of its target lies on the stick, and outlasts this computer.
    await guest.run("lifeboat restore /run/lifeboat/data/letters.lbi --to /dev/vdb --yes-erase virtio-OLD", 300);
    const undo = "/run/lifeboat/data/lifeboat/state/undo";
    expect(JSON.parse(await guest.run("lifeboat undo --json"))).toMatchObject([
      { file: expect.stringContaining(undo) },
    ]);
    await guest.run(ask("/api/v1/settings/keep", "POST"));
    expect(JSON.parse(await guest.run("cat /run/lifeboat/data/lifeboat/settings.json"))).toMatchObject({
      timeZone: "UTC",
    });
    expect(await guest.run("lifeboat disk list --json | grep -c '\"isBootMedium\": true'")).toBe("1");
    vm.sendSerial("poweroff\n");
    await vm.waitForExit({ timeout: 120 });
  });
  const { start, size } = (await readTable(used, 512))[2] as TableRow;
  await using data = await attachLoop(used, { offset: start, size, readOnly: true });
  // It was unmounted, with image and log on it.
  await runTool("fsck.exfat", ["-n", data.path]);
  const folder = `${used}.data`;
  await mkdir(folder, { recursive: true });
  await runTool("mount.exfat-fuse", ["-o", "ro", data.path, folder]);
  try {
    expect(await readdir(folder)).toEqual(expect.arrayContaining(["letters.lbi", "lifeboat"]));
    const [log = ""] = await readdir(join(folder, "lifeboat/logs"));
    expect(await readFile(join(folder, "lifeboat/logs", log), "utf8")).toContain("the rescue server is listening");
  } finally {
    await runTool("umount", [folder]);
  }
});

it("is made by the command, of several disks at once: one that is too small is no reason against the other", async () => {
  const [good, small] = ["good", "small"].map((name) => stick.replace(".img", `-${name}.img`)) as [string, string];
  await runTool("rm", ["-f", good, small]);
  await runTool("truncate", ["-s", "2G", good]);
  await runTool("truncate", ["-s", "1G", small]);
  const usb = (...args: string[]) =>
    runTool(lifeboat, ["media", "usb", "--headless", "--no-firmware", "--json", "--to", good, ...args], {
      accept: [0, 2, 7],
    });
  expect(await usb()).toMatchObject({ status: 2, stderr: expect.stringContaining("CONFIRMATION_MISSING") });
  const both = await usb("--to", small, "--yes-erase", good, "--yes-erase", small);
  expect(both.status).toBe(7);
  expect(JSON.parse(both.stdout)).toMatchObject([
    { target: good, report: { kind: "make-stick", verified: true } },
    { target: small, problem: { code: "STICK_TOO_SMALL" } },
  ]);
  expect(JSON.parse((await usb("--update", "--dry-run")).stdout)).toMatchObject({
    kind: "update-stick",
    operations: [],
  });
  const other = await usb("--update", "--kernel-parameters", "lifeboat.test=1", "--yes-change", good);
  expect(JSON.parse(other.stdout)).toMatchObject({
    kind: "update-stick",
    verified: true,
    before: { version: VERSION },
  });
  const { stdout } = await runTool(lifeboat, ["media", "list", "--json", good]);
  expect(JSON.parse(stdout)).toMatchObject([{ info: { version: VERSION }, age: "same", isOld: false }]);
  await firmwareView(good);
});

/** Kills by SIGKILL, so many milliseconds into a phase: the switch takes a fraction of a second. */
const KILLS: readonly { phase: StickPhase; wait: number; firmware: Firmware }[] = [
  { phase: "write", wait: 20, firmware: "bios" },
  { phase: "write", wait: 800, firmware: "uefi" },
  { phase: "verify", wait: 300, firmware: "bios" },
  { phase: "switch", wait: 0, firmware: "uefi-secure-boot" },
  { phase: "switch", wait: 10, firmware: "bios" },
  { phase: "switch", wait: 30, firmware: "uefi" },
  { phase: "switch", wait: 60, firmware: "bios" },
  { phase: "switch", wait: 2000, firmware: "uefi-secure-boot" },
];

full.each(KILLS)(
  "starts all of the old or of the new system after an update that was killed $wait ms into $phase, under $firmware",
  async ({ phase, wait, firmware }) => {
    const cut = stick.replace(".img", "-cut.img");
    await runTool("cp", ["--sparse=always", stick, cut]);
    await killUpdate(cut, phase, wait);
    // sfdisk, mtools and GRUB's drivers agree on what is there.
    await firmwareView(cut);
    const name = `stick-cut-${phase}-${wait}`;
    await withVm({ name, firmware, memoryMiB: 1024, display: "none", disks: [asStick(cut, true)] }, async (vm) => {
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      await expectStartedFrom(guest, "STICK");
      const isNew = (await guest.run("cat /proc/cmdline")).includes("lifeboat.test=new");
      if (phase !== "switch") expect(isNew).toBe(false);
      console.log(`killed ${wait} ms into ${phase}: the ${isNew ? "new" : "old"} system`);
    });
  },
);

async function killUpdate(file: string, phase: StickPhase, wait: number): Promise<void> {
  const program = join(import.meta.dirname, "update-stick-program.ts");
  const child = spawn(process.execPath, [program, file], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) if (line === phase) break;
  await Promise.race([sleep(wait), ended]);
  child.kill("SIGKILL");
  await ended;
}

full("keeps what is on its data partition through three updates, and starts the last one", async () => {
  const updated = stick.replace(".img", "-updated.img");
  await runTool("cp", ["--sparse=always", stick, updated]);
  const { start, size } = (await readTable(updated, 512))[2] as TableRow;
  const folder = `${updated}.data`;
  await mkdir(folder, { recursive: true });
  {
    await using data = await attachLoop(updated, { offset: start, size });
    await runTool("mount.exfat-fuse", [data.path, folder]);
    try {
      await runTool("dd", ["if=/dev/urandom", `of=${folder}/büro, März.lbi`, "bs=1M", "count=200", "status=none"]);
      await runTool("sh", ["-c", `cd "$1" && sha256sum *.lbi > sums`, "sh", folder]);
    } finally {
      await runTool("umount", [folder]);
    }
  }
  for (const version of ["0.1.1", "0.1.2", "0.1.3"])
    await buildTestStick(updated, {
      ...{ update: true, kiosk: false, version, kernelParameters: `${DEBUG_SHELL} lifeboat.test=${version}` },
    });
  const disks = [asStick(updated, true)];
  await withVm({ name: "stick-updated", memoryMiB: 1024, display: "none", disks }, async (vm) => {
    await waitForMark(vm, "data exfat", BOOT_SECONDS);
    await waitForMark(vm, "server", BOOT_SECONDS);
    const guest = await Guest.open(vm);
    expect(await guest.run("cat /proc/cmdline")).toContain("lifeboat.test=0.1.3");
    expect(await guest.run("cat /run/lifeboat/medium/.disk/medium.json")).toContain('"0.1.3"');
    expect(await guest.run("cd /run/lifeboat/data && sha256sum --check --strict sums", 300)).toContain(": OK");
  });
});
