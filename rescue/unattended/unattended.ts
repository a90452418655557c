import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError } from "#base/errors.ts";
import type { UnattendedPlan } from "#base/medium/unattended-plan.ts";
import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";
import { errorLines } from "#imaging/words/say-problem.ts";
import type { UnattendedRequest, UnattendedState } from "#rescue/api/unattended-contract.ts";
import type { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";
import type { PowerAction } from "#rescue/power/power-actions.ts";
import { CommandFailed, Doubt } from "#rescue/unattended/doubt.ts";
import { cameOf, hearLine } from "#rescue/unattended/hear-command.ts";
import type { RunLifeboat } from "#rescue/unattended/run-command.ts";
import type { ReadyWork, UnattendedWork } from "#rescue/unattended/work.ts";

export interface UnattendedDeps {
  readonly work: UnattendedWork;
  readonly countdownSeconds: number;
  readonly afterwards: UnattendedPlan["afterwards"];
  readonly jobs: Pick<JobRegistry, "claim" | "busyDisk">;
  readonly lifeboat: RunLifeboat;
  readonly power: (action: PowerAction) => Promise<void>;
  readonly mark: (what: string) => Promise<void>;
  readonly log: Log;
  /** Milliseconds of a second; tests have shorter ones. */
  readonly second?: number;
}

/** Seconds between two looks for what it needs, and after which nobody waits any longer. */
const LOOK_AGAIN = 3;
const LONGEST_WAIT = 600;
/** Before the computer restarts or shuts down. */
const GRACE = 15;

type Phase = UnattendedState["phase"];

/** As it may be written on a terminal. */
export const shown = ({ text, said }: Sentence): Sentence => ({ text: printable(text), ...(said && { said }) });

function linesOf(error: unknown): readonly Sentence[] {
  if (error instanceof Doubt) return error.lines;
  return isLifeboatError(error) ? errorLines(error) : [{ text: String((error as Error).message ?? error) }];
}

/** How it ended, as far as it was not a success. */
export interface Ending {
  /** failed: a command did not do it; doubt: it needs a decision; person: somebody here has stopped it. */
  readonly by: "failed" | "doubt" | "person";
  readonly code?: string | undefined;
}

/**
 * What the medium does by itself: what it needs is looked for, a countdown lets everybody see what will be done and
 * stop it, it runs. Any doubt stops it before anything is written: what it does not do, a person can still do by hand.
 */
export class Unattended implements AsyncDisposable {
  readonly #deps: UnattendedDeps;
  readonly #stop = new AbortController();
  #phase: Phase = "waiting";
  #title: Sentence;
  #lines: readonly Sentence[] = [say("says.looking")];
  #secondsLeft: number | undefined;
  #isHeld = false;
  #ending: Ending | undefined;
  /** While the command runs. */
  #process: { pause(): void; goOn(): void } | undefined;
  #work: Promise<void> | undefined;

  constructor(deps: UnattendedDeps) {
    this.#deps = deps;
    this.#title = shown(deps.work.title);
  }

  /** Undefined: it goes on, or has succeeded. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  view(): UnattendedState {
    return {
      ...{ phase: this.#phase, title: this.#title, lines: this.#lines.map(shown), isHeld: this.#isHeld },
      ...(this.#secondsLeft !== undefined && { secondsLeft: this.#secondsLeft }),
      afterwards: this.#deps.afterwards,
    };
  }

  start(): void {
    this.#work ??= this.#run();
  }

  steer({ action }: UnattendedRequest): UnattendedState {
    if (action === "stop") this.#stopNow();
    if (this.#phase === "countdown") {
      if (action === "hold" || action === "go-on") this.#isHeld = action === "hold";
      if (action === "begin") [this.#secondsLeft, this.#isHeld] = [0, false];
    }
    if (this.#phase === "running" && (action === "hold" || action === "go-on")) {
      this.#isHeld = action === "hold";
      if (this.#isHeld) this.#process?.pause();
      else this.#process?.goOn();
    }
    return this.view();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    const { log, mark } = this.#deps;
    try {
      const ready = await this.#prepare();
      await mark("unattended countdown");
      await this.#countDown(this.#deps.countdownSeconds, "countdown");
      await this.#do(ready);
      await mark("unattended done");
      await this.#afterwards();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const lines = linesOf(error);
      log.error({ err: error, lines }, "the unattended work has stopped");
      this.#ending =
        error instanceof Doubt && !(error instanceof CommandFailed)
          ? { by: "doubt" }
          : { by: "failed", code: (error as { code?: string }).code };
      this.#show(this.#phase === "running" ? "failed" : "stopped", lines);
      await mark(`unattended ${this.#phase}`);
    }
  }

  #stopNow(): void {
    const { log, mark } = this.#deps;
    if (this.#stop.signal.aborted || ["failed", "stopped"].includes(this.#phase)) return;
    log.info({ phase: this.#phase }, "the unattended work was stopped");
    this.#ending = this.#phase === "done" ? undefined : { by: "person" };
    this.#process?.goOn(); // or it would not hear that it is to stop
    this.#stop.abort();
    if (this.#phase === "done") {
      this.#show("done", this.#lines); // only the computer stays on
      return;
    }
    const [phase, line]: [Phase, Sentence] =
      this.#phase === "running" ? ["failed", say("says.stopped-at-work")] : ["stopped", say("says.stopped")];
    if (this.#phase === "running") void mark("job cancelled");
    this.#show(phase, [line]);
    void mark(`unattended ${phase}`);
  }

  #show(phase: Phase, lines: readonly Sentence[]): void {
    [this.#phase, this.#lines, this.#secondsLeft, this.#isHeld] = [phase, lines, undefined, false];
  }

  async #prepare(): Promise<ReadyWork> {
    const { work, jobs } = this.#deps;
    for (let waited = 0; ; waited += LOOK_AGAIN) {
      if (jobs.busyDisk() !== undefined) throw new Doubt([say("says.other-job")]);
      const found = await work.look(this.#stop.signal, (title, lines) => this.#say(title, lines));
      if (!("waits" in found)) {
        this.#say(found.title, found.lines);
        return found;
      }
      this.#lines = [found.waits];
      if (waited >= LONGEST_WAIT) throw new Doubt(this.#lines);
      await this.#wait(LOOK_AGAIN);
    }
  }

  #say(title: Sentence, lines: readonly Sentence[]): void {
    [this.#title, this.#lines] = [shown(title), lines];
  }

  async #countDown(seconds: number, phase: "countdown" | "done"): Promise<void> {
    const lines = this.#lines;
    this.#show(phase, lines);
    for (this.#secondsLeft = seconds; this.#secondsLeft > 0; ) {
      await this.#wait(1);
      if (phase === "countdown" && this.#deps.jobs.busyDisk() !== undefined) throw new Doubt([say("says.other-job")]);
      if (!this.#isHeld && this.#secondsLeft > 0) this.#secondsLeft--;
    }
  }

  async #do({ claim, args, came, onDone }: ReadyWork): Promise<void> {
    const { jobs, lifeboat, log, mark } = this.#deps;
    using _claim = jobs.claim(claim);
    this.#show("running", [say("says.begins")]);
    await mark("job running");
    log.info({ args }, "the unattended work begins");
    const result = await lifeboat(
      args,
      this.#stop.signal,
      (line) => {
        if (this.#phase === "running") this.#lines = hearLine(line);
      },
      (process) => {
        this.#process = process;
        if (this.#isHeld) process.pause();
      },
    );
    this.#process = undefined;
    this.#stop.signal.throwIfAborted();
    log.info({ status: result.status, output: result.stdout }, "the unattended work has ended");
    await mark(result.status === 0 ? "job succeeded" : "job failed");
    const lines = result.stdout === "" ? [] : cameOf(result.stdout, came);
    if (result.status !== 0) throw new CommandFailed(result, lines);
    await onDone();
    this.#show("done", lines);
  }

  async #afterwards(): Promise<void> {
    const { afterwards, power } = this.#deps;
    if (afterwards === "stay") return;
    await this.#countDown(GRACE, "done");
    await power(afterwards);
  }

  #wait(seconds: number): Promise<void> {
    return sleep(seconds * (this.#deps.second ?? 1000), undefined, { signal: this.#stop.signal });
  }
}
