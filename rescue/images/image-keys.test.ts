import { expect, it } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { ImageKeys } from "#rescue/images/image-keys.ts";

/** Two copies of one image, and another image; all open with "right". */
function lock() {
  const ids: Record<string, string> = { "/stick/a.lbi": "id-a", "/copy/a.lbi": "id-a", "/stick/b.lbi": "id-b" };
  const state = { tries: 0, atOnce: 0, most: 0 };
  const keys = new ImageKeys({
    readImageId: async (path) => ids[path] ?? "",
    imageKeyOf: async (path, { text }) => {
      state.tries++;
      state.most = Math.max(state.most, ++state.atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      state.atOnce--;
      if (text !== "right")
        throw new LifeboatError("IMAGE_UNLOCK_FAILED", { file: path, tried: "the password", problem: "it is wrong" });
      return Uint8Array.of(1, 2, 3);
    },
  });
  return { keys, state };
}

it("knows an image again that lies elsewhere now, and no other", async () => {
  const { keys, state } = lock();
  await expect(keys.unlock("/stick/a.lbi")).rejects.toMatchObject({ code: "IMAGE_LOCKED" });
  await keys.learn("/stick/a.lbi", "right");
  expect(await keys.unlock("/copy/a.lbi")).toEqual(Uint8Array.of(1, 2, 3));
  expect(state.tries).toBe(1);
  await expect(keys.unlock("/stick/b.lbi")).rejects.toMatchObject({ code: "IMAGE_LOCKED" });
});

it("refuses a wrong password without a trace of it, and takes one try at a time", async () => {
  const { keys, state } = lock();
  const tries = ["hunter2", "hunter3", "right"].map((password) => keys.learn("/stick/a.lbi", password));
  const results = await Promise.allSettled(tries);
  expect(results.map((r) => r.status)).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(state.most).toBe(1);
  const [{ reason }] = results as [PromiseRejectedResult];
  expect(reason).toMatchObject({ code: "IMAGE_UNLOCK_FAILED" });
  expect(JSON.stringify([reason.message, reason.details])).not.toContain("hunter");
});

it("overwrites the keys when they are forgotten", async () => {
  const { keys } = lock();
  await keys.learn("/stick/a.lbi", "right");
  const key = await keys.unlock("/stick/a.lbi");
  keys.forget();
  expect(key).toEqual(new Uint8Array(3));
  await expect(keys.unlock("/stick/a.lbi")).rejects.toMatchObject({ code: "IMAGE_LOCKED" });
});
