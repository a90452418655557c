import { expect, it, vi } from "vitest";
import type { Job, Problem, RestorePlan } from "#rescue/api/contract.ts";
import { type Api, ApiError, type JobWatcher } from "#ui/api/client.ts";
import { confirmed } from "#ui/wizard/review-step.ts";
import { holdsNothing } from "#ui/wizard/target-step.ts";
import { Wizard } from "#ui/wizard/wizard.ts";

/** The store against a scripted server; what the pages make of it is tested in the browser. */

const plan = (id: string, level: "none" | "acknowledge" | "type" = "acknowledge"): RestorePlan =>
  ({
    id,
    image: { path: "/a.lbi", name: "A" },
    target: { id: "disk-1", name: "Disk 1" },
    losses: [],
    confirmation: { level, text: `erase for ${id}`, words: "1234" },
  }) as unknown as RestorePlan;
const jobOf = (state: Job["state"], id = "job-1"): Job => ({ id, state, plan: plan("p1") });
const problem = (code: string): Problem => ({ code, text: code, safe: "", next: "", details: {} });

function setup(answers: Partial<Record<string, () => unknown>>, hash = "#/review?image=a&target=disk-1") {
  const watchers: JobWatcher[] = [];
  const calls: [string, unknown][] = [];
  const replies: Record<string, () => unknown> = {
    system: () => ({ isRescue: true }),
    jobs: () => [],
    images: () => [{ id: "a", path: "/a.lbi", manifest: {} }],
    targets: () => [],
    planRestore: () => plan("p1"),
    ...answers,
  };
  const api = {
    call: async (name: string, input?: { body?: unknown }) => {
      calls.push([name, input?.body]);
      return replies[name]?.();
    },
    watchJob: (_id: string, watcher: JobWatcher) => {
      watchers.push(watcher);
      return () => {};
    },
  } as unknown as Api;
  let address = hash;
  const acknowledged = new Set<string>();
  const setHash = vi.fn((next: string) => {
    address = next;
  });
  const wizard = new Wizard({ api, hash: () => address, setHash, acknowledged });
  return { wizard, calls, watchers, acknowledged, setHash, address: () => address };
}

const named = (calls: [string, unknown][], name: string) => calls.filter(([n]) => n === name).map(([, body]) => body);

it("sends a password once, forgets it when it was right, and shows what the image holds", async () => {
  const locked = { id: "a", path: "/a.lbi", protection: "locked" };
  let right = false;
  const { wizard, calls, address } = setup({
    images: () => [locked],
    unlockImage: () => {
      if (!right) throw new ApiError(problem("IMAGE_UNLOCK_FAILED"));
      return { ...locked, protection: "unlocked", manifest: {} };
    },
  });
  await wizard.begin();
  // Its targets and its plan cannot be had: the server was started anew while this page stood at the review.
  expect(address()).toBe("#/image?image=a&target=disk-1");
  expect(await wizard.unlock()).toBe(false);
  wizard.password.value = "typed";
  expect(await Promise.all([wizard.unlock(), wizard.unlock()])).toEqual([false, false]);
  expect(named(calls, "unlockImage")).toEqual([{ password: "typed" }]);
  expect([wizard.unlocking.value.problem?.code, wizard.password.value]).toEqual(["IMAGE_UNLOCK_FAILED", "typed"]);
  right = true;
  expect(await wizard.unlock()).toBe(true);
  expect([wizard.password.value, wizard.image.value?.protection]).toEqual(["", "unlocked"]);
  wizard.password.value = "half typed";
  wizard.chooseImage(undefined);
  expect([wizard.password.value, wizard.unlocking.value.problem]).toEqual(["", undefined]);
});

it("starts nothing before the confirmation is given, and nothing twice", async () => {
  const { wizard, calls } = setup({ startRestore: () => jobOf("running") });
  await wizard.begin();
  await wizard.start();
  expect(named(calls, "startRestore")).toEqual([]);
  wizard.agreed.value = "erase for another plan";
  await wizard.start();
  expect(named(calls, "startRestore")).toEqual([]);
  wizard.agreed.value = "erase for p1";
  await Promise.all([wizard.start(), wizard.start()]);
  expect(named(calls, "startRestore")).toEqual([{ planId: "p1", confirm: "disk-1" }]);
  expect(wizard.step.value).toBe("progress");
});

it("compares typed words exactly but for blanks around them", () => {
  const { wizard } = setup({});
  for (const [typed, right] of [
    ["1234", true],
    [" 1234 ", true],
    ["123", false],
    ["", false],
  ] as const) {
    wizard.typed.value = typed;
    expect(confirmed(wizard, plan("p", "type"))).toBe(right);
  }
  expect(confirmed(wizard, plan("p", "none"))).toBe(true);
});

it("makes a new plan when the old one is stale, and asks for a new confirmation", async () => {
  let version = 0;
  const { wizard } = setup({
    planRestore: () => plan(`p${++version}`),
    startRestore: () => {
      throw new ApiError(problem("PLAN_STALE"));
    },
  });
  await wizard.begin();
  wizard.agreed.value = "erase for p1";
  await wizard.start();
  expect(wizard.plan.value.value?.id).toBe("p2");
  expect(wizard.stalePlan.value?.id).toBe("p1");
  expect(wizard.agreed.value).toBe("");
  expect(wizard.step.value).toBe("review");
});

it("keeps the newest plan when answers come in another order", async () => {
  const first = Promise.withResolvers<RestorePlan>();
  const answers = [first.promise, Promise.resolve(plan("second"))];
  const { wizard } = setup({ planRestore: () => answers.shift() });
  await wizard.begin();
  await wizard.setVerify(false);
  first.resolve(plan("first"));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(wizard.plan.value.value?.id).toBe("second");
});

it("shows the job that runs, whatever the address says, and its end", async () => {
  const { wizard, watchers, setHash } = setup(
    { jobs: () => [jobOf("succeeded", "job-0"), jobOf("running")] },
    "#/image",
  );
  await wizard.begin();
  expect([wizard.step.value, wizard.job.value?.id]).toEqual(["progress", "job-1"]);
  setHash("#/image");
  wizard.followHash();
  expect(wizard.step.value).toBe("progress");
  watchers[0]?.onJob(jobOf("succeeded"));
  expect(wizard.step.value).toBe("result");
});

it("shows an ended job until the user has left it", async () => {
  const { wizard, acknowledged } = setup({ jobs: () => [jobOf("failed")] }, "");
  await wizard.begin();
  expect(wizard.step.value).toBe("result");
  wizard.leaveResult("retry");
  expect([wizard.step.value, wizard.imageId.value, wizard.targetId.value]).toEqual(["review", "a", "disk-1"]);
  expect([...acknowledged]).toEqual(["job-1"]);
});

it("goes back to the first page when the image in the address is gone", async () => {
  const { wizard, address } = setup({ images: () => [] });
  await wizard.begin();
  expect([wizard.step.value, address()]).toEqual(["image", "#/image"]);
});

it("takes a disk for empty only when nothing at all is known to be on it", () => {
  const disk = { table: { type: "none", problems: [] }, partitions: [], unfinishedRestore: undefined };
  const choice = (more: object) => ({ disk: { ...disk, ...more } }) as unknown as Parameters<typeof holdsNothing>[0];
  expect(holdsNothing(choice({}))).toBe(true);
  expect(holdsNothing(choice({ unfinishedRestore: "plan-1" }))).toBe(false);
  expect(holdsNothing(choice({ table: { type: "gpt", problems: [] } }))).toBe(false);
  expect(holdsNothing(choice({ table: { type: "none", problems: [{ code: "X", text: "damaged" }] } }))).toBe(false);
  expect(holdsNothing(choice({ partitions: [{}] }))).toBe(false);
});
