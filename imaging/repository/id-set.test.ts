import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { allocateIdSet, claimId, clearIdSet, isNearlyFull } from "#imaging/repository/id-set.ts";

const idOf = (i: number): Uint8Array => {
  const id = new Uint8Array(32);
  new DataView(id.buffer).setUint32(28, i);
  new DataView(id.buffer).setUint32(2, i % 7); // many begin in the same slot
  return id;
};

test("an id can be claimed once", () => {
  const set = allocateIdSet(1024);
  for (let i = 0; i < 500; i++) expect(claimId(set, idOf(i))).toBe(true);
  for (let i = 0; i < 500; i++) expect(claimId(set, idOf(i))).toBe(false);
  clearIdSet(set);
  expect(claimId(set, idOf(3))).toBe(true);
});

test("a full set claims everything new for everybody, and forgets nothing", () => {
  const set = allocateIdSet(16);
  for (let i = 0; i < 40; i++) expect(claimId(set, idOf(i))).toBe(true);
  expect(isNearlyFull(set)).toBe(true);
  expect(claimId(set, idOf(0))).toBe(false);
  expect(claimId(set, idOf(39))).toBe(true);
});

test("of threads that claim the same ids at once each id goes to one", async () => {
  const set = allocateIdSet(1 << 14);
  const source = `
    const { parentPort, workerData } = require("node:worker_threads");
    import(workerData.module).then(({ claimId }) => {
      let won = 0;
      for (let i = 0; i < 5000; i++) {
        const id = new Uint8Array(32);
        new DataView(id.buffer).setUint32(2, i);
        if (claimId(workerData.set, id)) won++;
      }
      parentPort.postMessage(won);
    });`;
  const module = new URL("./id-set.ts", import.meta.url).href;
  const wins = await Promise.all(
    [1, 2, 3].map(
      () =>
        new Promise<number>((resolve, reject) => {
          const worker = new Worker(source, { eval: true, workerData: { set, module } });
          worker.once("message", resolve);
          worker.once("error", reject);
        }),
    ),
  );
  expect(wins.reduce((sum, won) => sum + won, 0)).toBe(5000);
});
