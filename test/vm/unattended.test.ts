import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { DiskOptions } from "#imaging/prove/qemu/options.ts";
import { buildIso } from "#mediabuilder/build-iso.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { debianDisk } from "../fixtures/debian-disk.ts";
import { boot } from "./boot-fixture.ts";
import { waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const out = join(import.meta.dirname, "../../out");

/** A disk with one partition that holds the image, as somebody's second disk or a stick beside the CD. */
async function storeOf(image: string, path: string): Promise<string> {
  await runTool("truncate", ["--size", String(3 * GIB), path]);
  await runTool("sfdisk", ["--quiet", path], { input: "label: gpt\nstart=1MiB\n" });
  const place = { offset: MIB, size: 3 * GIB - 2 * MIB };
  await runTool("mke2fs", ["-q", "-F", "-t", "ext4", "-E", `offset=${MIB}`, path, `${place.size / 1024}k`]);
  await using mounted = await mountRange(path, "ext4", place, { readOnly: false });
  await runTool("cp", [image, join(mounted.path, "office.lbi")]);
  return path;
}

full(
  "a CD restores the only fixed disk by itself, shuts down, and the disk starts; left in, it does nothing more",
  async () => {
    const folder = join(out, "unattended");
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const fixture = await debianDisk();
    const image = join(folder, "office.lbi");
    await runTool(join(import.meta.dirname, "../../lifeboat"), ["capture", fixture.disk, "--to", image, "--no-verify"]);
    const store = await storeOf(image, join(folder, "store.raw"));
    const target = join(folder, "target.raw");
    await runTool("truncate", ["--size", String(4300 * MIB), target]);
    const plan = join(folder, "plan.json");
    await writeFile(plan, JSON.stringify({ restore: { image: "office.lbi", to: "only" }, afterwards: "shut-down" }));
    const iso = await buildIso({
      out: join(folder, "unattended.iso"),
      workDir: join(out, "cache"),
      config: MediaConfig.parse({ kind: "headless", firmware: false, unattended: { plan, countdownSeconds: 60 } }),
      log: () => {},
    });
    const disks: DiskOptions[] = [
      { file: target, format: "raw", bus: "virtio", serial: "TARGET" },
      { file: store, format: "raw", bus: "usb", serial: "STORE", overlay: true },
    ];
    const machine = { name: "unattended", memoryMiB: 1024, cdrom: iso.out, disks };
    await withVm(machine, async (vm) => {
      await waitForMark(vm, "unattended countdown", 900);
      await vm.screendump("countdown.png");
      await waitForMark(vm, "unattended done", 1200);
      await vm.screendump("done.png");
      expect(await vm.waitForExit({ timeout: 300 })).toBe("status 0");
    });
    const said = await boot(target, "bios", "virtio");
    expect(said.failedUnits).toBe("");
    expect(said.digests).toEqual(fixture.digests);
    await withVm(machine, async (vm) => {
      await waitForMark(vm, "unattended stopped", 900);
      await vm.screendump("stopped.png");
    });
    await rm(folder, { recursive: true });
  },
);
