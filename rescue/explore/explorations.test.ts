import { expect, it } from "vitest";
import type { Exploration } from "#imaging/explore/explore-image.ts";
import { Explorations } from "#rescue/explore/explorations.ts";
import { memoryLog } from "#test/doubles/rescue.ts";

function setup(idleMilliseconds = 60_000) {
  const events: string[] = [];
  const closed = Promise.withResolvers<void>();
  const state = { isBroken: false };
  const explorations = new Explorations({
    open: async (id) => ({ path: `/${id}.lbi`, diskId: `disk of ${id}` }),
    unlock: async () => new Uint8Array(32),
    log: memoryLog(),
    idleMilliseconds,
    explore: async (path) => {
      events.push(`open ${path}`);
      if (state.isBroken) throw new Error("no FUSE here");
      return {
        folder: path,
        async [Symbol.asyncDispose]() {
          events.push(`close ${path}`);
          closed.resolve();
        },
      } as unknown as Exploration;
    },
  });
  const look = (id: string) => explorations.use(id, async ({ folder }) => folder);
  return { explorations, events, look, closed: closed.promise, state };
}

it("opens an image once for many looks, and lets go of it when another one is looked into", async () => {
  const { look, events } = setup();
  expect(await look("a")).toBe("/a.lbi");
  await Promise.all([look("a"), look("a")]);
  expect(events).toEqual(["open /a.lbi"]);
  await look("b");
  expect(events).toEqual(["open /a.lbi", "close /a.lbi", "open /b.lbi"]);
});

it("lets go of an image when its disk is wanted, unless it is being read", async () => {
  const { explorations, look, events } = setup();
  await look("a");
  await explorations.release("disk of b");
  expect(events).toEqual(["open /a.lbi"]);
  await explorations.use("a", async () => explorations.release("disk of a"));
  expect(events).toEqual(["open /a.lbi"]);
  await explorations.release("disk of a");
  expect(events).toEqual(["open /a.lbi", "close /a.lbi"]);
});

it("lets go of an image that nobody looks into any more", async () => {
  const { look, closed, events } = setup(1);
  await look("a");
  await closed;
  expect(events).toEqual(["open /a.lbi", "close /a.lbi"]);
});

it("tries anew what could not be opened", async () => {
  const { look, state, events } = setup();
  state.isBroken = true;
  await expect(look("a")).rejects.toThrow("no FUSE here");
  state.isBroken = false;
  expect(await look("a")).toBe("/a.lbi");
  expect(events).toEqual(["open /a.lbi", "open /a.lbi"]);
});
