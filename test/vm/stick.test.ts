import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { VERSION } from "#cli/version.ts";
import type { DiskOptions } from "#imaging/prove/qemu/options.ts";
import { firmwareView, readTable, type TableRow } from "#test/engine/stick/firmware-view.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { Guest, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { buildTestStick } from "./test-stick.ts";

const BOOT_SECONDS = 600;
const KILLS = 6;
/** About as long as an update takes here. */
const UPDATE_MS = 6000;
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

it("starts under BIOS, takes images on its data partition, finds them, and keeps the log when it is switched off", async () => {
  const used = stick.replace(".img", "-used.img");
  await runTool("cp", ["--sparse=always", stick, used]);
  const source = stick.replace(".img", "-source.img");
  await runTool("rm", ["-f", source]);
  await runTool("truncate", ["-s", "64M", source]);
  await runTool("mke2fs", ["-q", "-F", "-t", "ext4", "-L", "letters", source]);
  const old = stick.replace(".img", "-old.img");
  await runTool("cp", [source, old]);
  const disks: DiskOptions[] = [
    asStick(used, false),
    { file: source, format: "raw", bus: "virtio", readOnly: true, bootIndex: 50 },
    { file: old, format: "raw", bus: "virtio", overlay: true, bootIndex: 51 },
  ];
  await withVm({ name: "stick", memoryMiB: 1024, display: "none", disks }, async (vm) => {
    await waitForMark(vm, "data exfat", BOOT_SECONDS);
    await waitForMark(vm, "server", BOOT_SECONDS);
    const guest = await Guest.open(vm);
    expect(await guest.run("findmnt --noheadings --output SOURCE,FSTYPE /run/lifeboat/data")).toMatch(
      /^\/dev\/sda3\s+exfat$/,
    );
    // The browser's user sees nothing of it.
    await guest.run("! setpriv --reuid 1000 --clear-groups ls /run/lifeboat/data");
    await guest.run("lifeboat capture /dev/vda --to /run/lifeboat/data/letters.lbi", 300);
    const images = JSON.parse(await guest.run(ask("/api/v1/images/rescan", "POST"), 120));
    expect(images).toMatchObject([{ fileName: "letters.lbi", place: expect.stringContaining("partition 3") }]);
    // What a restore saves of its target lies on the stick, and outlasts this computer.
    await guest.run("lifeboat restore /run/lifeboat/data/letters.lbi --to /dev/vdb --yes-erase virtio-LIFEBOAT-2", 300);
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

full("starts the old or the new system after an update that was killed, whichever it is", async () => {
  const cut = stick.replace(".img", "-cut.img");
  const program = join(import.meta.dirname, "update-stick-program.ts");
  for (let i = 0; i < KILLS; i++) {
    await runTool("cp", ["--sparse=always", stick, cut]);
    const child = spawn(process.execPath, [program, cut], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    await Promise.race([sleep(Math.random() * UPDATE_MS), ended]);
    child.kill("SIGKILL");
    await ended;
    await withVm(
      { name: `stick-cut-${i}`, memoryMiB: 1024, display: "none", disks: [asStick(cut, true)] },
      async (vm) => {
        await waitForMark(vm, "server", BOOT_SECONDS);
        const isNew = (await (await Guest.open(vm)).run("cat /proc/cmdline")).includes("lifeboat.test=new");
        console.log(`after kill ${i + 1}: the ${isNew ? "new" : "old"} system`);
      },
    );
  }
});
