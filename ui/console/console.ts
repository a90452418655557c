import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ConsoleEvent, Machine, Problem, Session } from "#pxe/console/contract.ts";
import { type Loaded, load, loaded } from "#ui/api/loaded.ts";
import { ApiError, toProblem } from "#ui/api/request.ts";
import type { CallInput, ConsoleApi } from "#ui/console/api/client.ts";
import { may, type Reply, type Role, type RouteName } from "#ui/console/api/routes.ts";
import { type Route, routeOf } from "#ui/console/route.ts";

/** What the console needs of the browser; tests give their own. */
export interface Surroundings {
  readonly api: ConsoleApi;
  hash(): string;
  setHash(hash: string): void;
}

export type Step = Extract<ConsoleEvent, { readonly kind: "step" | "notice" }>;

/** Lines of what goes on that a page keeps. */
const MOST_STEPS = 200;

/** The store of the whole console: who is logged in, where one is, and what the server tells of itself. */
export class Console {
  readonly session: Signal<Loaded<Session>> = loaded();
  readonly user: ReadonlySignal<Session["user"]> = computed(() => this.session.value.value?.user);
  /** The login ended while a page was open: it stays, under a question. */
  readonly hasEnded = signal(false);
  readonly route: Signal<Route>;
  readonly machines: Signal<Loaded<readonly Machine[]>> = loaded();
  /** What the newest lines say, the newest first. */
  readonly steps: Signal<readonly Step[]> = signal([]);
  readonly isConnected = signal(true);
  /** They grow when something is to be asked for anew. */
  readonly machinesTurn = signal(0);
  readonly deploymentsTurn = signal(0);
  readonly repositoriesTurn = signal(0);

  readonly #around: Surroundings;
  #stopWatching: (() => void) | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.route = signal(routeOf(around.hash()));
  }

  async begin(): Promise<void> {
    await load(this.session, () => this.#around.api.call("session"));
    if (this.user.value) this.#watch();
  }

  get role(): Role | undefined {
    return this.user.value?.role;
  }

  may(name: RouteName): boolean {
    return may(this.role, name);
  }

  /** What the server refuses because of who asks changes what is shown. @throws ApiError */
  async call<K extends RouteName>(name: K, input?: CallInput<K>): Promise<Reply<K>> {
    try {
      return await this.#around.api.call(name, input);
    } catch (error) {
      const { code } = toProblem(error);
      if (code === "CONSOLE_NOT_LOGGED_IN") this.#end();
      if (code === "CONSOLE_ROLE_TOO_LOW") void load(this.session, () => this.#around.api.call("session"));
      throw error;
    }
  }

  /** @throws ApiError */
  async enter(name: "logIn" | "setUp", body: CallInput<"logIn">["body"] | CallInput<"setUp">["body"]): Promise<void> {
    const before = this.user.value?.name;
    const value = await this.#around.api.call(name, { body } as CallInput<typeof name>);
    this.session.value = { value, busy: false, problem: undefined };
    // What is under the question was somebody else's.
    if (before !== undefined && before !== value.user?.name) this.#forget();
    this.hasEnded.value = false;
    this.#watch();
    this.refresh();
  }

  /** Also where the server does not hear of it: then the page at least is left. */
  async leave(how: "logOut" | "logOutEverywhere"): Promise<Problem | undefined> {
    try {
      await this.#around.api.call(how);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code !== "CONSOLE_NOT_LOGGED_IN") return problem;
    }
    this.giveUp();
    return undefined;
  }

  /** Nobody logs in again here: the page goes back to the beginning. */
  giveUp(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#forget();
    const { value } = this.session.value;
    const rest = value && { version: value.version, needsSetUp: value.needsSetUp };
    this.session.value = { value: rest, busy: false, problem: undefined };
    this.hasEnded.value = false;
  }

  followHash(): void {
    this.route.value = routeOf(this.#around.hash());
  }

  show(hash: string): void {
    this.#around.setHash(hash);
    this.followHash();
  }

  readonly loadMachines = (): Promise<unknown> => load(this.machines, () => this.call("machines"));

  refresh(): void {
    this.machinesTurn.value++;
    this.deploymentsTurn.value++;
    this.repositoriesTurn.value++;
  }

  #end(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    if (this.user.value) this.hasEnded.value = true;
  }

  #forget(): void {
    this.machines.value = { value: undefined, busy: false, problem: undefined };
    this.steps.value = [];
  }

  #watch(): void {
    this.#stopWatching?.();
    let isFirst = true;
    this.#stopWatching = this.#around.api.watch({
      onEvent: (event) => this.#take(event),
      onConnection: (alive) => {
        this.isConnected.value = alive;
        // What is shown was asked for at the same time as the first connection.
        if (alive && !isFirst) this.refresh();
        if (alive) isFirst = false;
      },
      onRefused: async () => {
        try {
          const session = await this.#around.api.call("session");
          if (session.user) return true;
          this.#end();
          return false;
        } catch (error) {
          return error instanceof ApiError;
        }
      },
    });
  }

  #take(event: ConsoleEvent): void {
    if (event.kind === "machines") this.machinesTurn.value++;
    else if (event.kind === "deployments") this.deploymentsTurn.value++;
    else if (event.kind === "repositories") this.repositoriesTurn.value++;
    else if (event.kind === "missed") this.refresh();
    else this.steps.value = [event, ...this.steps.value].slice(0, MOST_STEPS);
  }
}
