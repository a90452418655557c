import { setTimeout as sleep } from "node:timers/promises";
import { timeoutFactor, type Vm } from "./qemu-run/vm.ts";

const LOOK_MS = 500;
const JOB_END = /LIFEBOAT-MARK job (succeeded|failed|cancelled) /g;

/** White are cards and free spaces, pale are what is chosen, notices and partitions, strong are buttons that can be pressed, dark is the terminal. */
type Colour = "white" | "pale" | "strong" | "dark";

/** Somebody at the rescue system's own screen: keys and the pointer go in, pictures and the marks on the console come out. */
export class Kiosk {
  readonly #vm: Vm;
  #picture: Buffer = Buffer.alloc(0);
  #jobs = 0;

  constructor(vm: Vm) {
    this.#vm = vm;
  }

  /** Waits until a page has been shown so many times since the machine was switched on. */
  async page(name: string, timeout = 120, times = 1): Promise<void> {
    await this.#vm.waitForSerial(new RegExp(`(?:LIFEBOAT-MARK page ${name} [^]*?){${times}}`), { timeout });
    await this.settle();
  }

  /** Presses keys one after the other, each as `Vm.sendKeys` takes it. */
  async keys(...chords: readonly string[]): Promise<void> {
    await this.#vm.sendKeys(...chords);
  }

  /** Types a text on a keyboard of the United States. */
  async type(text: string): Promise<void> {
    await this.#vm.typeText(text);
  }

  async move(x: number, y: number): Promise<void> {
    await this.settle();
    await this.#vm.movePointer(x, y);
  }

  async click(x: number, y: number): Promise<void> {
    await this.settle();
    await this.#vm.click(x, y);
    await this.changed();
  }

  /** Waits for the end of the next job. @returns how it ended */
  async job(timeout: number): Promise<string> {
    const end = new RegExp(`(?:${JOB_END.source}[^]*?){${++this.#jobs}}`);
    const [, state = ""] = await this.#vm.waitForSerial(end, { timeout });
    return state;
  }

  /** Waits until the screen shows something else than it did when it was last still, and is still again. */
  async changed(timeoutMs = 60_000): Promise<void> {
    const before = this.#picture;
    for (
      const end = Date.now() + timeoutMs * timeoutFactor();
      (await this.#look()).equals(before);
      await sleep(LOOK_MS)
    )
      if (Date.now() > end) throw new Error(`${this.#vm.name}: the screen stays as it was`);
    await this.settle();
  }

  /** Waits until a place of the screen has such a colour: what belongs there has come. */
  async until(x: number, y: number, colour: Colour, timeoutMs = 120_000): Promise<void> {
    for (
      const end = Date.now() + timeoutMs * timeoutFactor();
      (await this.#colourAt(x, y)) !== colour;
      await sleep(LOOK_MS)
    )
      if (Date.now() > end) throw new Error(`${this.#vm.name}: nothing ${colour} at ${x}, ${y}`);
    await this.settle();
  }

  /** Waits until two pictures are alike; a page that moves is taken as it is. */
  async settle(tries = 10): Promise<void> {
    for (let i = 0; i < tries; i++) {
      await sleep(LOOK_MS);
      const now = await this.#look();
      const isStill = now.equals(this.#picture);
      this.#picture = now;
      if (isStill) return;
    }
  }

  async shoot(name: string): Promise<void> {
    await this.#vm.screendump(`${name}.png`);
  }

  async #colourAt(x: number, y: number): Promise<Colour | undefined> {
    const { width, rgb } = await this.#vm.screen();
    const at = (y * width + x) * 3;
    const pixel = rgb.subarray(at, at + 3);
    const [weakest, strongest] = [Math.min(...pixel), Math.max(...pixel)];
    if (weakest === 255) return "white";
    if (strongest < 40) return "dark";
    if (strongest - weakest > 80) return "strong";
    return strongest - weakest >= 20 && strongest > 200 ? "pale" : undefined;
  }

  async #look(): Promise<Buffer> {
    return Buffer.from((await this.#vm.screen()).rgb);
  }
}

/** Keeps the picture of how something ended, or of what went wrong. */
export async function pictured(vm: Vm, name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const picture = await vm.screendump(`${name}-failed.png`);
    throw new Error(`${name}: screenshot ${picture}, serial log ${vm.serialLog}`, { cause });
  }
  await vm.screendump(`${name}.png`);
}
