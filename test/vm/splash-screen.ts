import { setTimeout as sleep } from "node:timers/promises";
import type { Picture } from "#imaging/prove/qemu/picture.ts";
import { timeoutFactor, type Vm } from "./qemu-run/vm.ts";
import { within } from "./qemu-run/within.ts";

const LOOK_MS = 200;
const [BACKGROUND, RING, BAND] = [0x0f2d45, 0xffffff, 0xf9813a];
/** Places of the mark (ui/splash.svg), in pixels from the middle of a screen that is not one of the large ones. */
const PLACES = [
  { x: 0, y: -96, colour: BAND },
  { x: 46, y: -49, colour: BAND },
  { x: 32, y: -81, colour: RING },
  { x: -32, y: -17, colour: RING },
  { x: 0, y: -49, colour: BACKGROUND },
];

/** Whether the boot splash is on the screen, whatever text is below it. */
export function isSplash({ width, height, rgb }: Picture): boolean {
  const has = (x: number, y: number, colour: number) =>
    [16, 8, 0].every((shift, channel) => {
      const there = rgb[(y * width + x) * 3 + channel] ?? 0;
      return Math.abs(there - ((colour >> shift) & 0xff)) <= 2;
    });
  const [middle, centre] = [Math.floor(width / 2), Math.floor(height / 2)];
  return has(width - 1, 0, BACKGROUND) && PLACES.every(({ x, y, colour }) => has(middle + x, centre + y, colour));
}

/** Looks again and again. @param timeout seconds on a quiet machine */
export async function waitForScreen(vm: Vm, wanted: (picture: Picture) => boolean, timeout: number): Promise<void> {
  const seen = new AbortController();
  const look = async () => {
    while (!seen.signal.aborted && !wanted(await vm.screen())) await sleep(LOOK_MS);
  };
  await within(look(), timeout * timeoutFactor(), () => `the screen of ${vm.name}`).finally(() => seen.abort());
}

/** It must be there before the pages are. */
export async function waitForSplash(vm: Vm, timeout: number): Promise<void> {
  await waitForScreen(vm, isSplash, timeout);
  if (vm.serialText.includes("LIFEBOAT-MARK painted")) throw new Error(`${vm.name} has painted without a splash`);
}
