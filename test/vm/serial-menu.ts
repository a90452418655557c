import { TextScreen } from "#test/doubles/text-screen.ts";
import type { Vm } from "./qemu-run/vm.ts";
import { timeoutFactor } from "./qemu-run/vm.ts";

const KEYS: Readonly<Record<string, string>> = {
  ...{ enter: "\r", down: "\x1b[B", up: "\x1b[A", escape: "\x1b", clear: "\x15", "page-down": "\x1b[6~" },
};

/** The text menu as a terminal of 80 by 24 on the serial line shows it. */
export class SerialMenu {
  readonly #vm: Vm;
  #screen = new TextScreen({ wraps: true });

  /** Waits for the invitation on the line, and opens the menu. */
  static async open(vm: Vm, timeout: number): Promise<SerialMenu> {
    const menu = new SerialMenu(vm);
    await vm.waitForSerial("Press Enter for the menu.", { timeout });
    menu.press("enter");
    await menu.see("What do you want to do?", timeout); // the server may still be starting
    return menu;
  }

  private constructor(vm: Vm) {
    this.#vm = vm;
    vm.onSerial((text) => {
      try {
        this.#screen.write(text);
      } catch {
        // The kernel writes what it likes; the menu draws whole screens.
        this.#screen = new TextScreen({ wraps: true });
      }
    });
  }

  get text(): string {
    return this.#screen.text;
  }

  /** @throws Error with the screen when it is not shown in time */
  async see(wanted: string | RegExp, seconds = 60): Promise<void> {
    const end = Date.now() + seconds * 1000 * timeoutFactor();
    // Where a sentence is broken does not matter.
    const shown = () => this.text.replaceAll(/\s+/g, " ");
    const isThere = () => (typeof wanted === "string" ? shown().includes(wanted) : wanted.test(shown()));
    while (!isThere()) {
      if (Date.now() > end) throw new Error(`the serial line does not show ${wanted}, but:\n${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** "down", "enter", or any text. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#vm.sendSerial(KEYS[key] ?? key);
  }

  /** The choice whose lines hold this: its number, and Enter. */
  async choose(wanted: string): Promise<void> {
    await this.see(wanted);
    const lines = this.text.split("\n");
    const at = lines.findIndex((line) => line.includes(wanted));
    const number = lines
      .slice(0, at + 1)
      .map((line) => /^ *(\d)\. /.exec(line)?.[1])
      .findLast((digit) => digit !== undefined);
    if (at < 0 || number === undefined) throw new Error(`no choice on the serial line holds ${wanted}:\n${this.text}`);
    this.press(number, "enter");
  }

  /** To the end of the plan, and on to the confirmation. */
  async agree(): Promise<void> {
    for (let i = 0; i < 20 && !/Confirm +Step/.test(this.text); i++) {
      this.press("enter"); // scrolls as long as there is more
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    await this.see(/Confirm +Step/);
  }
}
