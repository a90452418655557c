import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { buildLiveBoot } from "#test/fixtures/live-boot/build-live-boot.ts";
import { full } from "#test/sample.ts";
import { buildTestIso, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";

const ROUNDS = 3;
const BOOT_SECONDS = 900;
const out = join(import.meta.dirname, "../../out");

/**
 * From the start of the kernel, in seconds of the guest's clock: ours until the server answers, Debian's way until somebody could log in.
 * In turn, in one run: a machine that has other work slows down both. Printed, and kept in out/bench; no time fails a test.
 */
full(
  "time from the kernel to an answering server, against a live system of Debian with the same kernel and tools",
  async () => {
    const ours = await buildTestIso("boot-speed", "", false);
    const live = await buildLiveBoot(join(out, "cache"));
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const lifeboat = await withVm({ name: "boot-speed-ours", memoryMiB: 1024, cdrom: ours.out }, async (vm) => ({
        userspace: await waitForMark(vm, "userspace", BOOT_SECONDS),
        server: await waitForMark(vm, "server", BOOT_SECONDS),
      }));
      const direct = { ...live, append: "boot=live quiet console=tty0 console=ttyS0,115200" };
      const options = { name: "boot-speed-live", memoryMiB: 1024, cdrom: live.iso, direct };
      const login = await withVm(options, async (vm) => {
        const [, seconds] = await vm.waitForSerial(/LIVE-MARK login ([\d.]+)/, { timeout: BOOT_SECONDS });
        await vm.waitForSerial(/login: /, { timeout: BOOT_SECONDS });
        return Number(seconds);
      });
      rounds.push({ ...lifeboat, login, ratio: lifeboat.server / login });
      console.log(JSON.stringify(rounds.at(-1)));
    }
    const middle = rounds.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(ROUNDS / 2)];
    expect(middle?.ratio).toBeGreaterThan(0);
    await mkdir(join(out, "bench"), { recursive: true });
    await writeFile(join(out, "bench/boot.json"), `${JSON.stringify({ rounds, middle }, undefined, 1)}\n`);
    console.log(`the middle of ${ROUNDS}: ${middle?.ratio.toFixed(2)} of live-boot's time`);
  },
);
