import { copyFile, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ipxeSetting } from "#base/ipxe-words.ts";
import type { Firmware } from "#imaging/prove/qemu/options.ts";
import { buildPxe } from "#mediabuilder/build-pxe.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import { serveFolder, type WebServer } from "#test/doubles/web-server.ts";
import { full } from "#test/sample.ts";
import { DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { scope } from "./scope.ts";

const BOOT_SECONDS = 900;
/** What the headless rescue system promises to do with when it comes over the network. */
const MEMORY_MIB = 448;
/** QEMU's own network: the host, from inside. */
const HOST = "10.0.2.2";

/** A capture, which reads back what it wrote, and a restore of it: a small disk, because all of it is in memory here. */
const JOB = [
  "cd /tmp && truncate -s 64M disk.img new.img && mkfs.ext4 -q -d /etc disk.img",
  "lifeboat capture disk.img --to image.lbi && lifeboat restore image.lbi --to new.img --yes-erase /tmp/new.img",
  "e2fsck -fn new.img",
].join(" && ");

/**
 * QEMU's cards have an iPXE of 2019 in place of a BIOS's own PXE, and its network names one file for everybody who asks: the old one, which
 * does not know `cwduri`, is led to undionly.kpxe, and that one to its menu.
 */
const TO_UNDIONLY = `#!ipxe\nisset ${ipxeSetting("cwduri")} && chain boot.ipxe || chain undionly.kpxe\n`;

const out = join(import.meta.dirname, "../../out/vm/pxe");
let server: WebServer;
beforeAll(async () => {
  server = await serveFolder(out);
  const { port } = new URL(server.address);
  const config = MediaConfig.parse({ kind: "headless", firmware: false, kernelParameters: DEBUG_SHELL });
  const workDir = join(import.meta.dirname, "../../out/cache");
  await buildPxe({ out, workDir, config, url: `http://${HOST}:${port}`, log: () => {} });
  await writeFile(join(out, "undionly.ipxe"), TO_UNDIONLY);
});
afterAll(() => server[Symbol.asyncDispose]());

interface Way {
  readonly firmware: Firmware;
  readonly file: string;
}
const options = ({ firmware, file }: Way, name: string) => ({
  ...{ name: `pxe-${name}`, firmware, memoryMiB: MEMORY_MIB },
  nics: [{ restrict: false, netboot: { folder: out, file } }],
});

const SECURE: Way = { firmware: "uefi-secure-boot", file: "bootx64.efi" };
const ways = scope<Way>({
  sample: [SECURE],
  all: [
    SECURE,
    { firmware: "uefi", file: "bootx64.efi" },
    { firmware: "bios", file: "bios.0" },
    { firmware: "uefi", file: "snponly.efi" },
    { firmware: "bios", file: "undionly.ipxe" },
  ],
});

describe.each(ways)("started from the network under $firmware by $file", (way) => {
  it(`runs the rescue server with ${MEMORY_MIB} MiB, from layers that were checked`, async () => {
    const before = server.requests.length;
    await withVm(options(way, `${way.firmware}-${way.file}`), async (vm) => {
      const seconds = await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      const free = await guest.run("awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo");
      await guest.run(JOB, 300);
      const left = await guest.run("awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo; cat /proc/swaps");
      expect(await guest.run("dmesg | grep -ci 'out of memory' || true")).toBe("0");
      console.log(`after a job: ${left}`);
      console.log(`${way.firmware} ${way.file}: server ${seconds} s after the kernel, ${free} MiB available`);
      const layers = server.requests.slice(before).filter((line) => line.includes("/live/"));
      expect(layers).toEqual(["GET /live/base.sqfs", "GET /live/lifeboat.sqfs"]);
      expect(await guest.run("cat /run/lifeboat/boot-device")).toBe("");
      expect(await guest.run("cat /run/lifeboat/boot-url")).toContain(HOST);
      const lockdown = "mount -t securityfs securityfs /sys/kernel/security; cat /sys/kernel/security/lockdown";
      const isSecure = way.firmware === "uefi-secure-boot";
      expect(await guest.run(lockdown)).toContain(isSecure ? "[integrity]" : "[none]");
    });
  });
});

full("a layer that was changed on the server is refused on the console", async () => {
  const layer = join(out, "live/lifeboat.sqfs");
  await copyFile(layer, `${layer}.whole`);
  try {
    await using file = await open(layer, "r+");
    await file.write(Buffer.from("x"), 0, 1, 200_000);
    await withVm(options({ firmware: "bios", file: "bios.0" }, "changed"), async (vm) => {
      await vm.waitForSerial(/lifeboat: The layer lifeboat from http:\S+ is not the one/, { timeout: BOOT_SECONDS });
      await vm.waitForSerial(/lifeboat: SHA-256 is [0-9a-f]{64}, must be [0-9a-f]{64}/, { timeout: 60 });
      await vm.waitForSerial("is not used", { timeout: 60 });
      expect(vm.serialText).not.toContain("LIFEBOAT-MARK userspace");
    });
  } finally {
    await rename(`${layer}.whole`, layer);
  }
});

full("a computer with too little memory is told so before it loads anything", async () => {
  const before = server.requests.length;
  const way = options({ firmware: "bios", file: "bios.0" }, "memory");
  await withVm({ ...way, memoryMiB: 256 }, async (vm) => {
    await vm.waitForSerial(/lifeboat: This computer has \d+ MiB of memory free/, { timeout: BOOT_SECONDS });
    expect(server.requests.slice(before).filter((line) => line.includes("/live/"))).toEqual([]);
  });
});
