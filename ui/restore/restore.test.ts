import { expect, it, vi } from "vitest";
import type { Job, Problem, RestorePlan } from "#rescue/api/contract.ts";
import { type Api, ApiError, type JobWatcher } from "#ui/api/client.ts";
import { Restore } from "#ui/restore/restore.ts";
import { confirmed } from "#ui/restore/review-step.ts";
import { holdsNothing } from "#ui/restore/target-step.ts";

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

function setup(answers: Partial<Record<string, () => unknown>>, hash = "#/restore/review?image=a&target=disk-1") {
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
  const show = vi.fn((next: string) => {
    address = next;
  });
  const restore = new Restore({ kind: "restore", api, hash: () => address, show, isShown: () => true, acknowledged });
  const begin = async () => {
    await restore.findJob();
    await restore.begin();
  };
  return { restore, begin, calls, watchers, acknowledged, show, address: () => address };
}

const named = (calls: [string, unknown][], name: string) => calls.filter(([n]) => n === name).map(([, body]) => body);

it("sends a password once, forgets it when it was right, and shows what the image holds", async () => {
  const locked = { id: "a", path: "/a.lbi", protection: "locked" };
  let right = false;
  const { begin, restore, calls, address } = setup({
    images: () => [locked],
    unlockImage: () => {
      if (!right) throw new ApiError(problem("IMAGE_UNLOCK_FAILED"));
      return { ...locked, protection: "unlocked", manifest: {} };
    },
  });
  await begin();
  // Its targets and its plan cannot be had: the server was started anew while this page stood at the review.
  expect(address()).toBe("#/restore/image?image=a&target=disk-1");
  expect(await restore.unlock()).toBe(false);
  restore.password.value = "typed";
  expect(await Promise.all([restore.unlock(), restore.unlock()])).toEqual([false, false]);
  expect(named(calls, "unlockImage")).toEqual([{ password: "typed" }]);
  expect([restore.unlocking.value.problem?.code, restore.password.value]).toEqual(["IMAGE_UNLOCK_FAILED", "typed"]);
  right = true;
  expect(await restore.unlock()).toBe(true);
  expect([restore.password.value, restore.image.value?.protection]).toEqual(["", "unlocked"]);
  restore.password.value = "half typed";
  restore.chooseImage(undefined);
  expect([restore.password.value, restore.unlocking.value.problem]).toEqual(["", undefined]);
});

it("starts nothing before the confirmation is given, and nothing twice", async () => {
  const { begin, restore, calls } = setup({ startRestore: () => jobOf("running") });
  await begin();
  await restore.start();
  expect(named(calls, "startRestore")).toEqual([]);
  restore.agreed.value = "erase for another plan";
  await restore.start();
  expect(named(calls, "startRestore")).toEqual([]);
  restore.agreed.value = "erase for p1";
  await Promise.all([restore.start(), restore.start()]);
  expect(named(calls, "startRestore")).toEqual([{ planId: "p1", confirm: "disk-1" }]);
  expect(restore.step.value).toBe("progress");
});

it("compares typed words exactly but for blanks around them", () => {
  const { restore } = setup({});
  for (const [typed, right] of [
    ["1234", true],
    [" 1234 ", true],
    ["123", false],
    ["", false],
  ] as const) {
    restore.typed.value = typed;
    expect(confirmed(restore, plan("p", "type"))).toBe(right);
  }
  expect(confirmed(restore, plan("p", "none"))).toBe(true);
});

it("makes a new plan when the old one is stale, and asks for a new confirmation", async () => {
  let version = 0;
  const { begin, restore } = setup({
    planRestore: () => plan(`p${++version}`),
    startRestore: () => {
      throw new ApiError(problem("PLAN_STALE"));
    },
  });
  await begin();
  restore.agreed.value = "erase for p1";
  await restore.start();
  expect(restore.plan.value.value?.id).toBe("p2");
  expect(restore.stalePlan.value?.id).toBe("p1");
  expect(restore.agreed.value).toBe("");
  expect(restore.step.value).toBe("review");
});

it("keeps the newest plan when answers come in another order", async () => {
  const first = Promise.withResolvers<RestorePlan>();
  const answers = [first.promise, Promise.resolve(plan("second"))];
  const { begin, restore } = setup({ planRestore: () => answers.shift() });
  await begin();
  await restore.setVerify(false);
  first.resolve(plan("first"));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(restore.plan.value.value?.id).toBe("second");
});

it("shows the job that runs, whatever the address says, and its end", async () => {
  const { begin, restore, watchers, show } = setup(
    { jobs: () => [jobOf("succeeded", "job-0"), jobOf("running")] },
    "#/restore/image",
  );
  await begin();
  expect([restore.step.value, restore.job.value?.id]).toEqual(["progress", "job-1"]);
  show("#/restore/image");
  restore.followHash();
  expect(restore.step.value).toBe("progress");
  watchers[0]?.onJob(jobOf("succeeded"));
  expect(restore.step.value).toBe("result");
});

it("shows an ended job until the user has left it", async () => {
  const { begin, restore, acknowledged } = setup({ jobs: () => [jobOf("failed")] }, "");
  await begin();
  expect(restore.step.value).toBe("result");
  restore.leaveResult("retry");
  expect([restore.step.value, restore.sourceId.value, restore.targetId.value]).toEqual(["review", "a", "disk-1"]);
  expect([...acknowledged]).toEqual(["job-1"]);
});

it("goes back to the first page when the image in the address is gone", async () => {
  const { begin, restore, address } = setup({ images: () => [] });
  await begin();
  expect([restore.step.value, address()]).toEqual(["image", "#/restore/image"]);
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
