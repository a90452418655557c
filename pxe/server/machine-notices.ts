import type { Log } from "#base/log.ts";
import type { Said, Sentence } from "#base/sentence.ts";
import type { EventHub } from "../console/event-hub.ts";
import { OTHER_DHCP_SERVER } from "../machines/dhcp-happening.ts";
import type { Happening } from "../machines/entry.ts";
import { callMachine } from "../machines/machine.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import type { Sighting } from "../machines/sighting.ts";
import type { Notice } from "../notify/notice.ts";
import type { Notifier } from "../notify/notifier.ts";
import { hearMachine, say } from "../words/words.ts";
import { Gathered } from "./gathered.ts";

export interface MachineNoticesOptions {
  readonly machines: Pick<MachineStore, "find">;
  readonly notifier: Pick<Notifier, "tell">;
  readonly events: EventHub;
  readonly log: Log;
}

/** What was written on timelines, for those who watch, and for those who want to be told. */
export class MachineNotices implements AsyncDisposable {
  readonly #options: MachineNoticesOptions;
  readonly #changes: Gathered;
  #telling: Promise<void> = Promise.resolve();

  constructor(options: MachineNoticesOptions) {
    this.#options = options;
    this.#changes = new Gathered(() => options.events.tell({ kind: "machines" }));
  }

  readonly recorded = (sightings: readonly Sighting[]): void => {
    this.#changes.call();
    for (const { at, mac, happening } of sightings) {
      const told = happening && noticeOf(happening, mac !== undefined);
      if (told) this.#telling = this.#telling.then(() => this.#tell({ at, ...told }, mac));
    }
  };

  /** What the server itself cannot do for now. */
  trouble(error: Error): void {
    const { code, text = error.message } = error as { code?: string; text?: string };
    this.#telling = this.#telling.then(() => this.#tell({ at: Date.now(), topic: "server-trouble", code, text }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#changes[Symbol.dispose]();
    await this.#telling;
  }

  /** A machine that nobody has recorded has no say: whoever forges its address could send mail through this server. */
  async #tell({ said, ...notice }: Notice & { readonly said?: Said | undefined }, mac?: string): Promise<void> {
    const { machines, notifier, events, log } = this.#options;
    try {
      const [machine] = mac === undefined ? [] : await machines.find(mac);
      if (mac !== undefined && !machine) return;
      const whole = { ...notice, ...(machine && { machine: callMachine(machine) }) };
      const { at, topic, text } = whole;
      events.tell({
        ...{ kind: "notice", at, topic, text, ...(said && { said }) },
        ...(machine && { machine: callMachine(machine) }),
      });
      await notifier.tell(whole);
    } catch (error) {
      log.warn({ err: error, topic: notice.topic }, "a notice could not be told");
    }
  }
}

function noticeOf(happening: Happening, isOfMachine: boolean): (Pick<Notice, "topic" | "code"> & Sentence) | undefined {
  if (happening.kind === "done") return { topic: "job-done", ...hearMachine(happening.text) };
  if (happening.kind !== "problem") return undefined;
  const { code, text, said } = happening;
  if (!isOfMachine) {
    const what = code === OTHER_DHCP_SERVER ? say("told.other-dhcp", { server: text }) : { text, said };
    return { topic: "server-trouble", code, ...what };
  }
  // Of the other DHCP server one notice is enough: the server's own.
  if (code === OTHER_DHCP_SERVER) return undefined;
  return {
    topic: code.startsWith("JOB_") ? "job-failed" : "machine-problem",
    code,
    ...(said ? { text, said } : hearMachine(text)),
  };
}
