import { setTimeout as sleep } from "node:timers/promises";
import type { Ended, Observed } from "#imaging/prove/judge/conclude.ts";
import { Judge } from "#imaging/prove/judge/judge.ts";
import { SerialLines } from "#imaging/prove/judge/serial-lines.ts";
import { isBefore, type Stage } from "#imaging/prove/judge/stage.ts";
import type { Machine } from "#imaging/prove/qemu/machine.ts";
import type { Picture } from "#imaging/prove/qemu/picture.ts";
import { ScreenWatch } from "#imaging/prove/screen-watch.ts";
import { waitedFor } from "#imaging/prove/waited-for.ts";

export interface WatchOptions {
  /** Seconds. */
  readonly timeout: number;
  /** How much longer everything takes than with KVM. */
  readonly slowness: number;
  /** Nothing will come behind the firmware: the disk's first sector is empty. */
  readonly isEmpty: boolean;
  /** Where QEMU may write. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (stage: Stage) => void;
  readFailure(): string | undefined;
}

export interface Watched extends Observed {
  readonly seconds: number;
  readonly picture: Picture | undefined;
  readonly serialLog: Uint8Array;
  /** Bytes that the guest has read of its disk, and written to it. */
  readonly readBytes: number;
  readonly writtenBytes: number;
  readonly starts: number;
}

const TICK_MS = 500;
/** A monitor answers in milliseconds, and later while its disk does not. */
const ANSWER_MS = 5000;
/** Seconds. A picture costs some milliseconds of the machine's time. */
const LOOK_EVERY = 3;
/**
 * Seconds with KVM; what a slow processor takes is `slowness` times as much. What the machine waits for a processor that others
 * have does not count: it has done nothing in that time.
 */
const PATIENCE = {
  /** What follows a line that says that it is over, so that it is in the log and on the picture. */
  settle: 2,
  /** Until a complaint that nothing follows is the end of it. */
  complaint: 15,
  /** From a login to the end of the start. */
  login: 30,
  /** Without a word, a read or another picture: before there is a kernel, and after. */
  beforeKernel: 40,
  afterKernel: 120,
  emptyDisk: 5,
} as const;
/**
 * GRUB, behind a complaint: it goes on by itself after 10 seconds of its clock, which take minutes where each look at the keyboard is
 * emulated. So a key is pressed, as somebody would who stands before it.
 */
const ASKS_FOR_KEY = /^Press any key to continue\.\.\.$/;
/** Loaders of UEFI start the machine anew once, a system that relabels its files twice. */
const MOST_STARTS = 4;
const FINISHED_STATES = ["running", "degraded", "init"];

/** Watches a machine start until it is up, or goes no further. @throws the signal's reason */
export async function watch(machine: Machine, options: WatchOptions): Promise<Watched> {
  const watching = new Watching(machine, options);
  const { signal } = options;
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    for (;;) {
      signal.throwIfAborted();
      // A monitor that does not answer, as while a disk hangs, must not keep anybody waiting.
      const ended = await Promise.race([watching.tick(), aborted.promise]);
      if (ended) return await watching.result(ended);
      await Promise.race([sleep(TICK_MS), machine.exited, aborted.promise]);
    }
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

class Watching {
  readonly #machine: Machine;
  readonly #options: WatchOptions;
  readonly #judge = new Judge();
  readonly #lines = new SerialLines();
  readonly #screen: ScreenWatch;
  readonly #began = performance.now() / 1000;
  readonly #rows = new Set<string>();
  /** Of this clock: when something last moved, was found, and came up. */
  #moved = 0;
  #found: number | undefined;
  #cameUp: number | undefined;
  #looked = Number.NEGATIVE_INFINITY;
  #events = 0;
  /** Bytes that had come when a key was pressed. */
  #pressedAt = 0;
  #isFull = false;
  #exited = false;
  #stats = { read: 0, written: 0 };
  #told: Stage = "nothing";
  #asking: Promise<void> | undefined;

  constructor(machine: Machine, options: WatchOptions) {
    this.#machine = machine;
    this.#options = options;
    this.#screen = new ScreenWatch(machine, options.folder);
    machine.serialOutput.on("data", (chunk: Buffer) => {
      this.#moved = this.#had;
      for (const line of this.#lines.append(chunk)) this.#judge.line(line);
    });
    machine.exited.then(
      () => {
        this.#exited = true;
      },
      () => {},
    );
  }

  #now = (): number => performance.now() / 1000 - this.#began;
  /** Seconds that the machine has had a processor for, or needed none, as was last seen. */
  #had = 0;

  async tick(): Promise<Ended | undefined> {
    this.#judge.prompt(this.#lines.partial);
    this.#pressKey();
    this.#takeEvents();
    if (this.#exited) return "powered-off";
    this.#asking ??= this.#ask()
      .catch((error: unknown) => {
        if (this.#machine.running) throw error; // it ended in between, which the next look at it tells
      })
      .finally(() => {
        this.#asking = undefined;
      });
    await Promise.race([this.#asking, sleep(ANSWER_MS)]);
    if (this.#judge.reached !== this.#told) {
      this.#told = this.#judge.reached;
      this.#options.onProgress(this.#told);
    }
    return this.#ended();
  }

  #pressKey(): void {
    const { bytes, partial } = this.#lines;
    if (bytes === this.#pressedAt || !ASKS_FOR_KEY.test(partial.trim())) return;
    this.#pressedAt = bytes;
    // It may just have ended.
    this.#machine.qmp.execute("send-key", { keys: [{ type: "qcode", data: "spc" }] }).catch(() => {});
  }

  #takeEvents(): void {
    const { events } = this.#machine.qmp;
    for (; this.#events < events.length; this.#events++) {
      const { event, data } = events[this.#events] ?? { event: "" };
      if (event === "RESET" && data?.["guest"] === true) this.#judge.restart();
      if (event === "BLOCK_IO_ERROR" && data?.["nospace"] === true) this.#isFull = true;
    }
  }

  async #ask(): Promise<void> {
    this.#had = this.#now() - (await waitedFor(this.#machine.pid));
    const stats = await diskStats(this.#machine);
    if (stats.read !== this.#stats.read || stats.written !== this.#stats.written) this.#moved = this.#had;
    this.#stats = stats;
    if (this.#now() - this.#looked < LOOK_EVERY) return;
    const { changed, rows } = await this.#screen.look();
    this.#looked = this.#now();
    if (changed) this.#moved = this.#had;
    // What is printed on the screen alone. A row stays there for many looks.
    for (const row of rows) if (!this.#rows.has(row)) this.#judge.line(row);
    this.#rows.clear();
    for (const row of rows) this.#rows.add(row);
  }

  #ended(): Ended | undefined {
    const { finding, reached, starts, state } = this.#judge;
    const { timeout, slowness, isEmpty } = this.#options;
    const now = this.#had;
    const quiet = now - this.#moved;
    const isOver = (since: number | undefined, patience: number) =>
      since !== undefined && now - since >= patience * slowness;
    this.#found = finding?.isSure ? (this.#found ?? now) : undefined;
    this.#cameUp = reached === "up" ? (this.#cameUp ?? now) : undefined;
    if (this.#isFull) return "copy-full";
    if (starts > MOST_STARTS) return "restarts";
    if (isOver(this.#found, PATIENCE.settle)) return "known";
    const isFinished = state.state !== undefined && FINISHED_STATES.includes(state.state);
    if (isOver(this.#cameUp, isFinished ? PATIENCE.settle : PATIENCE.login)) return "known";
    if (finding && quiet >= PATIENCE.complaint * slowness) return "known";
    if (this.#now() >= timeout) return finding ? "known" : "time-over";
    const hasKernel = !isBefore(reached, "kernel");
    const patience = hasKernel ? PATIENCE.afterKernel : isEmpty ? PATIENCE.emptyDisk : PATIENCE.beforeKernel;
    return quiet >= patience * slowness ? "silent" : undefined;
  }

  async result(ended: Ended): Promise<Watched> {
    const quietSeconds = this.#had - this.#moved;
    if (this.#machine.running) await Promise.race([this.#screen.look().catch(() => {}), sleep(ANSWER_MS)]);
    const { reached, farthest, finding, complaints, state, disk, starts } = this.#judge;
    return {
      ...{ ended, finding, complaints, state, disk, starts, quietSeconds },
      reached: ended === "restarts" ? farthest : reached,
      partial: this.#lines.partial,
      hasPicture: this.#screen.hasPicture,
      readFailure: this.#options.readFailure(),
      seconds: this.#now(),
      picture: this.#screen.picture,
      serialLog: this.#lines.log(),
      ...{ readBytes: this.#stats.read, writtenBytes: this.#stats.written },
    };
  }
}

/** qemu: qapi/block-core.json, query-blockstats. */
async function diskStats({ qmp }: Machine): Promise<{ read: number; written: number }> {
  const all = (await qmp.execute("query-blockstats")) as readonly {
    readonly device?: string;
    readonly stats?: { readonly rd_bytes?: number; readonly wr_bytes?: number };
  }[];
  const stats = all.find(({ device }) => device === "disk0")?.stats;
  return { read: stats?.rd_bytes ?? 0, written: stats?.wr_bytes ?? 0 };
}
