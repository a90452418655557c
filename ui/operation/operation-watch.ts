import { batch, type Signal, signal } from "@preact/signals";
import type { Operation, Problem } from "#rescue/api/contract.ts";
import { type Api, toProblem } from "#ui/api/client.ts";

const ASK_MS = 1000;

export const isOver = ({ state }: Operation): boolean => state !== "running" && state !== "cancelling";

/** The one job that is no restore, of those that this browser is shown: asked for once a second until it is over. */
export class OperationWatch {
  readonly operation: Signal<Operation | undefined> = signal(undefined);
  readonly problem: Signal<Problem | undefined> = signal(undefined);
  readonly connected = signal(true);
  /** Of the job whose end was seen, and has to be said no more. */
  readonly notedId: Signal<string | undefined> = signal(undefined);
  readonly #api: Api;
  #id = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Looks for one that runs, which somebody who has just come should see. */
  async find(): Promise<Operation | undefined> {
    const running = (await this.#api.call("operations").catch(() => [])).find((one) => !isOver(one));
    if (running) this.follow(running.id, running);
    return running;
  }

  /** Shows this one from now on. */
  follow(id: string, known?: Operation): void {
    if (id === this.#id && this.problem.value === undefined) return;
    clearTimeout(this.#timer);
    this.#id = id;
    batch(() => {
      this.operation.value = known;
      this.problem.value = undefined;
      this.connected.value = true;
    });
    void this.#ask(id);
  }

  /** The user leaves its page. One that failed stays in the header of all pages until it is left by a button. */
  leave(by: "button" | "link"): void {
    const { value } = this.operation;
    if (value && isOver(value) && (by === "button" || value.state !== "failed")) this.notedId.value = value.id;
  }

  async cancel(): Promise<void> {
    const id = this.#id;
    try {
      this.#show(id, await this.#api.call("cancelOperation", { params: { operationId: id } }));
    } catch (error) {
      this.problem.value = toProblem(error);
    }
  }

  async #ask(id: string): Promise<void> {
    try {
      this.#show(id, await this.#api.call("operation", { params: { operationId: id } }));
    } catch (error) {
      if (id !== this.#id) return;
      const problem = toProblem(error);
      if (problem.code !== "SERVER_UNREACHABLE") {
        this.problem.value = problem;
        return;
      }
      this.connected.value = false;
    }
    const { value } = this.operation;
    if (id === this.#id && !(value && isOver(value))) this.#timer = setTimeout(() => void this.#ask(id), ASK_MS);
  }

  #show(id: string, operation: Operation): void {
    if (id !== this.#id) return;
    batch(() => {
      this.operation.value = operation;
      this.connected.value = true;
    });
  }
}
