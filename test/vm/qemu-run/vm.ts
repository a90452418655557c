import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Machine } from "#imaging/prove/qemu/machine.ts";
import type { VmOptions } from "#imaging/prove/qemu/options.ts";
import { encodePng, type Picture } from "#imaging/prove/qemu/picture.ts";
import type { QmpEvent } from "#imaging/prove/qemu/qmp.ts";
import type { SerialText } from "#imaging/prove/qemu/serial-text.ts";
import { parseForwardedPorts } from "./forwarded-ports.ts";
import type { HostFiles } from "./host-files.ts";
import { chordsOf, parseChord } from "./keys.ts";
import { within } from "./within.ts";

export interface VmParts {
  readonly files: HostFiles;
  readonly machine: Machine;
  readonly serial: SerialText;
  readonly resources: AsyncDisposable;
}

export interface WaitOptions {
  /** Seconds on a quiet machine; the environment variable LIFEBOAT_TEST_TIMEOUT_FACTOR multiplies it. */
  readonly timeout: number;
}

const DEFAULT_WAIT: WaitOptions = { timeout: 120 };
const KEY_PAUSE_MS = 60;
/** QEMU's absolute axes, whatever the screen's size (qemu: include/ui/input.h, INPUT_EVENT_ABS_MAX). */
const ABSOLUTE_MAX = 0x7fff;

/** A running virtual machine. */
export class Vm implements AsyncDisposable {
  readonly name: string;
  /** Where its logs and screenshots are. */
  readonly directory: string;
  readonly serialLog: string;
  readonly pid: number;
  /** Resolves with "status 0" and the like when QEMU has ended. */
  readonly exited: Promise<string>;
  readonly #parts: VmParts;
  readonly #startedAt = performance.now();
  #size: { width: number; height: number } | undefined;

  constructor(options: VmOptions, parts: VmParts) {
    this.name = options.name;
    this.directory = parts.files.directory;
    this.serialLog = parts.files.serialLog;
    this.pid = parts.machine.pid;
    this.exited = parts.machine.exited;
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#parts.machine.running;
  }
  /** Since the start of QEMU. */
  get elapsedSeconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }
  /** Bytes of the QEMU process. */
  get peakMemory(): number {
    return this.#parts.machine.peakMemory;
  }
  /** All serial output so far. */
  get serialText(): string {
    return this.#parts.serial.text;
  }

  /**
   * The first match in all serial output; a string is literal. Rejects at once when the VM ends or its kernel panics.
   * A line may come in parts: let an expression end in what follows the wanted text.
   */
  async waitForSerial(pattern: string | RegExp, { timeout }: WaitOptions = DEFAULT_WAIT): Promise<RegExpExecArray> {
    return await this.#parts.serial.waitFor(pattern, timeout * timeoutFactor());
  }

  /** Calls `listener` with each piece of serial output as it comes. */
  onSerial(listener: (text: string) => void): void {
    const decoder = new TextDecoder(); // a letter may come in two pieces
    this.#parts.machine.serialOutput.on("data", (chunk: Buffer) => listener(decoder.decode(chunk, { stream: true })));
  }

  sendSerial(text: string): void {
    this.#parts.machine.serialInput.write(text);
  }

  /** Waits for the VM to end by itself. */
  async waitForExit({ timeout }: WaitOptions = DEFAULT_WAIT): Promise<string> {
    return await within(this.exited, timeout * timeoutFactor(), () => `${this.name} to end`);
  }

  /** The first QMP event of that name, past or to come, such as "SHUTDOWN" or "RESET". */
  async waitForEvent(name: string, { timeout }: WaitOptions = DEFAULT_WAIT): Promise<QmpEvent> {
    const { qmp } = this.#parts.machine;
    const past = qmp.events.find((event) => event.event === name);
    if (past) return past;
    const seen = Promise.withResolvers<QmpEvent>();
    const stop = qmp.onEvent((event) => event.event === name && seen.resolve(event));
    const ended = this.exited.then((how) => Promise.reject(new Error(`${this.name} ended (${how}) before ${name}`)));
    const event = Promise.race([seen.promise, ended]);
    return await within(event, timeout * timeoutFactor(), () => `QMP event ${name} of ${this.name}`).finally(stop);
  }

  async qmp(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return await this.#parts.machine.qmp.execute(command, args);
  }

  /** The host port on 127.0.0.1 that leads to a guest's TCP port. */
  async forwardedPort(guestPort: number, nic = 0): Promise<number> {
    const text = (await this.qmp("human-monitor-command", { "command-line": "info usernet" })) as string;
    const port = parseForwardedPorts(text).get(`${nic}:${guestPort}`);
    if (port === undefined) throw new Error(`${this.name}: port ${guestPort} of nic ${nic} is not forwarded`);
    return port;
  }

  async screen(): Promise<Picture> {
    const picture = await this.#parts.machine.screen();
    this.#size = { width: picture.width, height: picture.height };
    return picture;
  }

  /** Writes the screen as PNG; a bare name is put in the VM's directory. Returns the path. */
  async screendump(file = "screen.png"): Promise<string> {
    const path = file.includes("/") ? file : join(this.directory, file);
    await writeFile(path, encodePng(await this.screen()));
    return path;
  }

  /** Presses chords one after the other, each as "ret", "tab", "shift-tab", "ctrl-alt-delete". */
  async sendKeys(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) await this.#press(parseChord(chord));
  }

  /** Types a text on a US keyboard. */
  async typeText(text: string): Promise<void> {
    for (const chord of chordsOf(text)) await this.#press(chord);
  }

  /** Moves the tablet's pointer to a pixel of the screen. */
  async movePointer(x: number, y: number): Promise<void> {
    const { width, height } = this.#size ?? (await this.screen());
    const axis = (name: string, at: number, size: number) => ({
      type: "abs",
      data: { axis: name, value: Math.round((at * ABSOLUTE_MAX) / Math.max(1, size - 1)) },
    });
    await this.qmp("input-send-event", { events: [axis("x", x, width), axis("y", y, height)] });
  }

  async pressPointer(down: boolean, button: "left" | "middle" | "right" = "left"): Promise<void> {
    await this.qmp("input-send-event", { events: [{ type: "btn", data: { button, down } }] });
  }

  async click(x: number, y: number): Promise<void> {
    await this.movePointer(x, y);
    await sleep(KEY_PAUSE_MS);
    await this.pressPointer(true);
    await sleep(KEY_PAUSE_MS);
    await this.pressPointer(false);
  }

  /** Presses the power button; the guest decides what to do with it. */
  async powerdown(): Promise<void> {
    await this.qmp("system_powerdown");
  }

  /** Ends QEMU at once, as by pulling the plug, but with its disk files closed properly. */
  async quit(): Promise<void> {
    await this.#parts.machine.quit();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.resources[Symbol.asyncDispose]();
  }

  async #press(qcodes: readonly string[]): Promise<void> {
    await this.qmp("send-key", { keys: qcodes.map((data) => ({ type: "qcode", data })) });
    await sleep(KEY_PAUSE_MS);
  }
}

export function timeoutFactor(): number {
  const factor = Number(process.env["LIFEBOAT_TEST_TIMEOUT_FACTOR"] ?? 1);
  if (!(factor > 0)) throw new RangeError("LIFEBOAT_TEST_TIMEOUT_FACTOR must be a positive number");
  return factor;
}
