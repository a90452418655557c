import { beforeEach, describe, expect, it } from "vitest";
import type { ConsoleEvent, Problem, Session } from "#pxe/console/contract.ts";
import { ApiError } from "#ui/api/request.ts";
import type { ConsoleApi, EventWatcher } from "#ui/console/api/client.ts";
import type { RouteName } from "#ui/console/api/routes.ts";
import { Console } from "#ui/console/console.ts";

type User = NonNullable<Session["user"]>;
const anna: User = { name: "anna", role: "admin", kind: "user" };
const problem = (code: string): Problem => ({ code, text: code, safe: "", next: "", details: {} });

let session: Session;
let refusal: string | undefined;
let watcher: EventWatcher | undefined;
let asked: RouteName[];
let store: Console;
beforeEach(async () => {
  session = { version: "1", needsSetUp: false, user: anna };
  refusal = undefined;
  watcher = undefined;
  asked = [];
  const call = async (name: RouteName) => {
    asked.push(name);
    if (name === "session" || name === "logIn") return session;
    if (refusal !== undefined) throw new ApiError(problem(refusal));
    return [];
  };
  const api: ConsoleApi = {
    call: call as ConsoleApi["call"],
    watch(given) {
      watcher = given;
      return () => {
        if (watcher === given) watcher = undefined;
      };
    },
  };
  store = new Console({ api, hash: () => "#/machine/7", setHash: () => {} });
  await store.begin();
});
const logIn = () => store.enter("logIn", { name: "x", password: "y" });
const step = (text: string): ConsoleEvent => ({
  ...{ kind: "step", at: 1, service: "dhcp", machine: "", text, isTrouble: false },
});

it("watches as soon as somebody is logged in, and nothing before", async () => {
  expect(watcher).toBeDefined();
  session = { version: "1", needsSetUp: false };
  const other = new Console({
    api: { call: async () => session, watch: () => expect.fail() } as never,
    hash: () => "",
    setHash: () => {},
  });
  await other.begin();
  expect(other.user.value).toBeUndefined();
});

describe("a login that ends", () => {
  it("leaves the page as it is, and who it was; the same one goes on", async () => {
    await store.loadMachines();
    refusal = "CONSOLE_NOT_LOGGED_IN";
    await expect(store.call("machines")).rejects.toThrow();
    expect([store.hasEnded.value, store.user.value?.name, watcher]).toEqual([true, "anna", undefined]);
    refusal = undefined;
    await logIn();
    expect([store.hasEnded.value, store.machines.value.value]).toEqual([false, []]);
    expect(watcher).toBeDefined();
  });

  it("shows another one nothing of what the first has seen", async () => {
    await store.loadMachines();
    watcher?.onEvent(step("secret"));
    refusal = "CONSOLE_NOT_LOGGED_IN";
    await expect(store.call("machines")).rejects.toThrow();
    session = { ...session, user: { ...anna, name: "vera", role: "viewer" } };
    await logIn();
    expect([store.machines.value.value, store.steps.value]).toEqual([undefined, []]);
    expect([store.may("machines"), store.may("markMachine")]).toEqual([true, false]);
  });

  it("is noticed when the stream of events is refused, and not when the server is only away", async () => {
    expect(await watcher?.onRefused()).toBe(true);
    session = { version: "1", needsSetUp: false };
    expect(await watcher?.onRefused()).toBe(false);
    expect(store.hasEnded.value).toBe(true);
  });

  it("can be left: then nobody is there", async () => {
    refusal = "CONSOLE_NOT_LOGGED_IN";
    await expect(store.call("machines")).rejects.toThrow();
    store.giveUp();
    expect([store.user.value, store.hasEnded.value, store.session.value.value?.version]).toEqual([
      undefined,
      false,
      "1",
    ]);
  });
});

it("offers less as soon as the server refuses for the role", async () => {
  expect(store.may("users")).toBe(true);
  session = { ...session, user: { ...anna, role: "viewer" } };
  refusal = "CONSOLE_ROLE_TOO_LOW";
  await expect(store.call("users")).rejects.toThrow();
  await expect.poll(() => store.may("users")).toBe(false);
});

it("asks anew for what an event says, for all after a gap, and keeps the newest lines first", () => {
  const turns = () => [store.machinesTurn, store.deploymentsTurn, store.repositoriesTurn].map(({ value }) => value);
  watcher?.onConnection(true);
  expect(turns()).toEqual([0, 0, 0]);
  watcher?.onEvent({ kind: "machines" });
  watcher?.onEvent({ kind: "deployments" });
  watcher?.onEvent({ kind: "deployments" });
  watcher?.onEvent({ kind: "repositories" });
  expect(turns()).toEqual([1, 2, 1]);
  watcher?.onConnection(false);
  expect(store.isConnected.value).toBe(false);
  watcher?.onConnection(true);
  watcher?.onEvent({ kind: "missed" });
  expect(turns()).toEqual([3, 4, 3]);
  for (let number = 1; number <= 250; number++) watcher?.onEvent(step(String(number)));
  expect([store.steps.value.length, store.steps.value[0]?.text]).toEqual([200, "250"]);
});
