import { COMPLAINTS, LOGIN, SIGNS, type Sign, type Stop } from "#imaging/prove/judge/signs.ts";
import { isBefore, type Stage } from "#imaging/prove/judge/stage.ts";
import { NO_STATE, readMark, type SystemState } from "#imaging/prove/prepare/marker.ts";

/** Why a start goes no further, and the line that says so. */
export interface Finding extends Stop {
  readonly line: string;
}

const MOST_COMPLAINTS = 100;

/**
 * Reads what a start prints, line by line, as it comes: how far it is, and where it stopped. It remembers no more than that,
 * however much is printed.
 */
export class Judge {
  #reached: Stage = "nothing";
  #farthest: Stage = "nothing";
  #finding: Finding | undefined;
  #state: SystemState = NO_STATE;
  #hasLogin = false;
  #starts = 1;
  #disk: string | undefined;
  readonly #complaints: string[] = [];

  /** Of this start; a machine that starts anew begins anew. */
  get reached(): Stage {
    return this.#reached;
  }
  /** Of all starts. */
  get farthest(): Stage {
    return this.#farthest;
  }
  get finding(): Finding | undefined {
    return this.#finding;
  }
  /** By its own account. */
  get state(): SystemState {
    return this.#state;
  }
  /** Somebody could log in on the serial port. */
  get hasLogin(): boolean {
    return this.#hasLogin;
  }
  /** Lines that say why, in their order; the first hundred. */
  get complaints(): readonly string[] {
    return this.#complaints;
  }
  /** The kernel's line about a disk that it has found. */
  get disk(): string | undefined {
    return this.#disk;
  }
  get starts(): number {
    return this.#starts;
  }

  /** The machine was reset: what comes next begins with firmware. */
  restart(): void {
    this.#starts++;
    this.#reached = "nothing";
    this.#finding = undefined;
    this.#hasLogin = false;
  }

  line(text: string): void {
    const before = this.#state;
    this.#state = readMark(text, before);
    if (this.#state !== before) this.#takeState(text);
    else this.#look(text);
    if (LOGIN.test(text) && !isBefore(this.#reached, "kernel")) this.#hasLogin = true;
    this.#noteProgress();
  }

  /** A line that has not ended: a prompt may stand there for ever. */
  prompt(text: string): void {
    const sign = SIGNS.find((one) => one.isPrompt && this.#counts(one) && one.pattern.test(text.trim()));
    if (sign) this.#take(sign, text.trim());
    if (LOGIN.test(text) && !isBefore(this.#reached, "kernel")) this.#hasLogin = true;
    this.#noteProgress();
  }

  #look(text: string): void {
    if (COMPLAINTS.test(text) && this.#complaints.length < MOST_COMPLAINTS) {
      const isKnown = this.#complaints.includes(text);
      if (!isKnown) this.#complaints.push(text);
    }
    if (DISK.test(text) && !isBefore(this.#reached, "kernel")) this.#disk ??= text;
    const sign = SIGNS.find((one) => this.#counts(one) && one.pattern.test(text));
    if (sign) this.#take(sign, text);
  }

  #take({ reached, stop }: Sign, line: string): void {
    if (reached !== undefined) this.#reach(reached);
    if (stop) this.#stop({ ...stop, line });
  }

  #takeState(line: string): void {
    this.#reach("root");
    // As systemd calls emergency and rescue mode (systemctl(1), is-system-running).
    if (this.#state.state === "maintenance") this.#stop({ verdict: "root", cause: "emergency", isSure: true, line });
  }

  #counts({ from, until }: Sign): boolean {
    const isEarly = from !== undefined && isBefore(this.#reached, from);
    const isLate = until !== undefined && isBefore(until, this.#reached);
    return !isEarly && !isLate;
  }

  /** What was only a complaint is none when it went on. */
  #reach(stage: Stage): void {
    if (!isBefore(this.#reached, stage)) return;
    this.#reached = stage;
    if (!this.#finding?.isSure) this.#finding = undefined;
  }

  /** The first complaint is the cause, and what follows from it comes after; unless only that is certain. */
  #stop(finding: Finding): void {
    if (this.#finding?.isSure || (this.#finding && !finding.isSure)) return;
    this.#finding = finding;
  }

  #noteProgress(): void {
    const { state, login, display } = this.#state;
    const isUp =
      state !== undefined && (login.length > 0 || display !== undefined || state === "running" || state === "init");
    if ((isUp && state !== "maintenance") || this.#hasLogin) this.#reach("up");
    if (isBefore(this.#farthest, this.#reached)) this.#farthest = this.#reached;
  }
}

/** Linux: drivers/scsi/sd.c, drivers/block/virtio_blk.c, block/partitions/core.c. */
const DISK = /\[(?:sd[a-z]+|vd[a-z]+)\] \d+ \d+-byte logical blocks|\] +(?:sd[a-z]+|vd[a-z]+|nvme\d+n\d+):( |$)/;
