import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lookAtRepositories } from "#cli/look-at-repositories.ts";
import { repositoryRetention } from "#cli/repository-retention.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { takeLease } from "#imaging/repository/lease.ts";
import { writeMark } from "#imaging/repository/mark.ts";
import { openRepository } from "#imaging/repository/repository.ts";
import type { CleanedUp, RetentionRow, Role } from "#pxe/console/contract.ts";
import { readAudit } from "#pxe/console/store/audit.ts";
import { TestConsole } from "#test/doubles/console.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { captureInto, check, failure, makeRepository, uniqueDisk, verify } from "#test/engine/repository/repo-space.ts";

const MIB = 1 << 20;
const DAY = 86_400_000;
const RULES = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0 };

let space: Workspace;
let served: TestConsole;
let root: string;
let disks: [string, string];
beforeEach(async () => {
  space = await openWorkspace();
  root = await makeRepository(space.path("repo"));
  await makeRepository(space.path("ward"), true);
  disks = [await uniqueDisk(space.path("a.img"), 8 * MIB, 7), await uniqueDisk(space.path("b.img"), 8 * MIB, 9)];
  served = await TestConsole.open({ look: lookAtRepositories(space.folder), retention: repositoryRetention });
});
afterEach(async () => {
  await served[Symbol.asyncDispose]();
  await space[Symbol.asyncDispose]();
});

const code = (said: { body: never }) => (said.body as { code?: string }).code;
const params = { name: "repo" };
const query = `?${new URLSearchParams(Object.entries(RULES).map(([rule, count]) => [rule, String(count)]))}`;
const preview = async (role: Role) =>
  served.call("previewRetention", { params, query, headers: await served.as(role) });
const set = async (role: Role, name = "repo") =>
  served.call("setRetention", { params: { name }, body: RULES, headers: await served.as(role) });
const apply = async (role: Role, points: readonly string[]) =>
  served.call("applyRetention", { params, body: { points }, headers: await served.as(role) });
const pointsNow = async () =>
  (await readdir(join(root, "points")))
    .filter((name) => name.endsWith(".lbi"))
    .map(pointName)
    .toSorted();
const going = async () =>
  ((await preview("operator")).body as RetentionRow[])
    .filter(({ reasons }) => reasons.length === 0)
    .map(({ name }) => name);

/** Three points of one disk, two of another one; the very first is pinned. */
async function history(): Promise<string[]> {
  const points: string[] = [];
  for (const disk of [0, 0, 0, 1, 1] as const) points.push((await captureInto(root, disks[disk])).image);
  await writeMark(points[0] as string, { pinned: true, labels: [] }, undefined);
  return points.map(pointName);
}

test("exactly the points that were shown go; pinned ones and those that are kept restore in full", async () => {
  const [a1, a2, a3, b1, b2] = (await history()) as [string, string, string, string, string];
  const all = await pointsNow();
  expect(code(await preview("viewer"))).toBe("CONSOLE_ROLE_TOO_LOW");
  expect((await going()).toSorted()).toEqual([a2, b1].toSorted());

  for (const role of ["viewer", "operator"] as const) {
    expect(code(await set(role))).toBe("CONSOLE_ROLE_TOO_LOW");
    expect(code(await apply(role, [a2, b1]))).toBe("CONSOLE_ROLE_TOO_LOW");
  }
  expect(code(await apply("admin", [a2, b1]))).toBe("RETENTION_NOT_SET");
  served.clock.now += DAY;
  await served.retention.runDue();
  expect(await pointsNow()).toEqual(all);

  expect((await set("admin")).status).toBe(200);
  expect(code(await apply("admin", [a1, b1]))).toBe("RETENTION_CHANGED");
  expect(await pointsNow()).toEqual(all);

  const done = (await apply("admin", [a2, b1])).body as CleanedUp;
  expect(done.deleted.toSorted()).toEqual([a2, b1].toSorted());
  expect(await pointsNow()).toEqual([a1, a3, b2].toSorted());
  for (const name of [a1, a3, b2]) await verify(join(root, "points", `${name}.lbi`));
  expect((await check(root, true)).problems).toEqual([]);
}, 120_000);

test("by itself the day after, but not while a capture runs", async () => {
  const [a1, , a3, , b2] = await history();
  await set("admin");
  const all = await pointsNow();
  served.clock.now += DAY;
  {
    await using _capture = await takeLease(await openRepository(root), "capture");
    await served.retention.runDue();
    expect(code(await apply("admin", await going()))).toBe("REPOSITORY_CAPTURING");
    expect(await pointsNow()).toEqual(all);
  }
  await served.retention.runDue();
  expect(await pointsNow()).toEqual([a1, a3, b2].toSorted());
  expect(served.troubles).toEqual([]);
  expect((await served.store.read((sql) => readAudit(sql)))[0]).toMatchObject({
    ...{ who: "the server", what: "applyRetention", result: "done" },
    target: expect.stringMatching(/^repo: 2 points deleted \(.*\), .* freed/),
  });
}, 120_000);

test("an encrypted repository, and another one in the same folder, are left alone", async () => {
  await history();
  const all = await pointsNow();
  expect(code(await set("admin", "ward"))).toBe("RETENTION_LOCKED");
  const ward = { folder: space.path("ward"), id: (await openRepository(space.path("ward"))).id };
  expect((await failure(repositoryRetention.preview(ward, RULES)))?.code).toBe("RETENTION_LOCKED");
  const other = { folder: root, id: ward.id };
  const { signal } = new AbortController();
  expect(
    (await failure(repositoryRetention.apply(other, RULES, () => {}, { signal, onProgress: () => {} })))?.code,
  ).toBe("NOT_FOUND");
  expect(await pointsNow()).toEqual(all);
}, 120_000);
