import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isTextMode, TEXT_BYTES, TEXT_MEMORY, textRows } from "#imaging/prove/judge/text-screen.ts";
import type { Machine } from "#imaging/prove/qemu/machine.ts";
import { countColours, type Picture } from "#imaging/prove/qemu/picture.ts";

/** Pixels: a cursor that blinks, in text or on a desktop, is no change. */
const CURSOR_PIXELS = 600;
/** Colours of a picture that is more than text. */
const TEXT_COLOURS = 16;

/** Looks at a machine's screen from time to time. */
export class ScreenWatch {
  readonly #machine: Machine;
  readonly #folder: string;
  #last: Picture | undefined;

  /** @param folder that QEMU can write to */
  constructor(machine: Machine, folder: string) {
    this.#machine = machine;
    this.#folder = folder;
  }

  get picture(): Picture | undefined {
    return this.#last;
  }

  /** It shows more than text. */
  get hasPicture(): boolean {
    return this.#last !== undefined && !isTextMode(this.#last) && countColours(this.#last) > TEXT_COLOURS;
  }

  /** @returns whether it changed, and the lines of text that it shows; none for a picture */
  async look(): Promise<{ readonly changed: boolean; readonly rows: readonly string[] }> {
    const picture = await this.#machine.screen();
    const changed = this.#last === undefined || differs(this.#last, picture);
    this.#last = picture;
    return { changed, rows: isTextMode(picture) ? await this.#rows() : [] };
  }

  async #rows(): Promise<string[]> {
    const file = join(this.#folder, "text-memory");
    const { qmp } = this.#machine;
    await qmp.execute("pmemsave", { val: TEXT_MEMORY.address, size: TEXT_BYTES, filename: file });
    const rows = textRows(await readFile(file));
    await rm(file);
    return rows;
  }
}

function differs(before: Picture, now: Picture): boolean {
  if (before.width !== now.width || before.height !== now.height) return true;
  let pixels = 0;
  for (let i = 0; i + 2 < now.rgb.length; i += 3) {
    const same =
      before.rgb[i] === now.rgb[i] && before.rgb[i + 1] === now.rgb[i + 1] && before.rgb[i + 2] === now.rgb[i + 2];
    if (!same && ++pixels > CURSOR_PIXELS) return true;
  }
  return false;
}
