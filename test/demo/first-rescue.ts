import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Firmware } from "#imaging/prove/qemu/options.ts";
import { makeEmptyDisk, makeNeighbour, makeStick } from "#test/demo/rescue-disks.ts";
import type { Vm } from "#test/vm/qemu-run/vm.ts";
import { withVm } from "#test/vm/qemu-run/with-vm.ts";

const STILL_MS = 700;

export interface FirstRescue {
  readonly iso: string;
  readonly image: string;
  /** Bytes of the disk to restore onto. */
  readonly targetSize: number;
  readonly directory: string;
  readonly firmware: Firmware;
  readonly memoryMiB: number;
  readonly log: (line: string) => void;
}

export interface RescueResult {
  readonly target: string;
  readonly neighbour: string;
  /** SHA-256 before and after. */
  readonly neighbourHashes: readonly [string, string];
  readonly stickHashes: readonly [string, string];
  readonly screenshots: readonly string[];
  /** Since the virtual machine was switched on. */
  readonly seconds: { readonly painted: number; readonly restored: number };
}

/**
 * A technician at one dead machine, by keyboard only: the rescue CD, the image on a USB stick, an empty disk, and a
 * second disk that must stay as it is. Every step waits for the page to say that it is on the screen.
 */
export async function firstRescue(options: FirstRescue): Promise<RescueResult> {
  const { directory, log } = options;
  await mkdir(directory, { recursive: true });
  const [target, neighbour, stick] = ["target.raw", "neighbour.raw", "stick.raw"].map((name) =>
    join(directory, name),
  ) as [string, string, string];
  await makeEmptyDisk(target, options.targetSize);
  // As large as the target, so that it could be chosen by mistake.
  await makeNeighbour(neighbour, options.targetSize);
  await makeStick(stick, [options.image]);
  const before = await Promise.all([sha256(neighbour), sha256(stick)]);

  const screenshots: string[] = [];
  const seconds = await withVm(
    {
      name: `first-rescue-${options.firmware}`,
      firmware: options.firmware,
      memoryMiB: options.memoryMiB,
      cpus: 2,
      cdrom: options.iso,
      display: "std",
      displaySize: { width: 1280, height: 800 },
      disks: [
        { file: target, format: "raw", bus: "virtio", serial: "TARGET-0001" },
        { file: neighbour, format: "raw", bus: "ahci", serial: "NEIGHBOUR-77" },
        { file: stick, format: "raw", bus: "usb", serial: "STICK-1" },
      ],
    },
    async (vm) => {
      const shoot = async (name: string) => {
        await waitForStill(vm);
        screenshots.push(await vm.screendump(join(directory, `${name}.png`)));
        log(`  ${name}: ${vm.elapsedSeconds.toFixed(0)} s`);
      };
      return await driveKiosk(vm, shoot);
    },
  );
  const after = await Promise.all([sha256(neighbour), sha256(stick)]);
  return {
    target,
    neighbour,
    neighbourHashes: [before[0], after[0]],
    stickHashes: [before[1], after[1]],
    screenshots,
    seconds,
  };
}

async function driveKiosk(vm: Vm, shoot: (name: string) => Promise<void>): Promise<RescueResult["seconds"]> {
  const page = (name: string, timeout: number) => vm.waitForSerial(`LIFEBOAT-MARK page ${name} `, { timeout });
  await page("home", 400);
  const painted = vm.elapsedSeconds;
  await shoot("0-home");
  // To restore is the first that is offered.
  await vm.sendKeys("tab", "ret");
  await page("image", 60);
  await shoot("1-image");
  // The only image is chosen already: past "Look again" to its radio button, where Enter goes on.
  await vm.sendKeys("tab", "tab", "ret");
  await page("target", 60);
  // Two disks fit, so none is chosen: the first is the neighbour, the next that can be chosen the empty one.
  await vm.sendKeys("tab", "tab", "down");
  await shoot("2-target");
  await vm.sendKeys("ret");
  await page("review", 60);
  await shoot("3-review");
  // Back has the focus; the next stop is the button that starts.
  await vm.sendKeys("tab", "ret");
  await page("progress", 60);
  await shoot("4-progress");
  await vm.waitForSerial(/LIFEBOAT-MARK job (?:succeeded|failed|cancelled) /, { timeout: 1200 });
  await page("result", 60);
  const restored = vm.elapsedSeconds;
  await shoot("5-result");
  await vm.waitForSerial("LIFEBOAT-MARK job succeeded ", { timeout: 1 });
  await vm.powerdown();
  await vm.quit();
  return { painted, restored };
}

/** The page says that it is painted before the emulated screen shows all of it. A page that moves is taken as it is. */
async function waitForStill(vm: Vm, tries = 6): Promise<void> {
  let before = Buffer.alloc(0);
  for (let i = 0; i < tries; i++) {
    await sleep(STILL_MS);
    const now = Buffer.from((await vm.screen()).rgb);
    if (now.equals(before)) return;
    before = now;
  }
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
