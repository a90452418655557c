import { randomUUID } from "node:crypto";
import { mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { foldersOf } from "#imaging/repository/layout.ts";
import { liveLeases, takeLease } from "#imaging/repository/lease.ts";
import type { Repository } from "#imaging/repository/repository.ts";

let root: string;
let repository: Repository;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lifeboat-lease-"));
  repository = { folders: foldersOf(root), id: randomUUID(), encrypted: false };
  await (await takeLease(repository, "capture"))[Symbol.asyncDispose](); // makes the folder
});
afterEach(() => rm(root, { recursive: true, force: true }));

const pathOf = (id: string): string => join(repository.folders.leases, `${id}.json`);

async function leaseOf(more: object): Promise<string> {
  const id = randomUUID();
  const startedAt = new Date().toISOString();
  const text = { id, kind: "capture", host: "elsewhere", boot: "other", process: "999999999@1", startedAt, ...more };
  await writeFile(pathOf(id), JSON.stringify(text));
  return id;
}

const liveIds = async (): Promise<string[]> => (await liveLeases(repository)).map(({ id }) => id);

const HOURS = 3600;
async function age(id: string, seconds: number): Promise<void> {
  const time = Date.now() / 1000 - seconds;
  await utimes(pathOf(id), time, time);
}

test("a machine with our name is another one: cloned machines and rescue systems share theirs", async () => {
  const id = await leaseOf({ host: hostname() });
  const old = await leaseOf({ host: hostname() });
  await age(old, 2 * HOURS);
  expect(await liveIds()).toEqual([id]);
});

test("our own process is alive however old its lease is, and one that has ended is not", async () => {
  await using own = await takeLease(repository, "capture", "a");
  await age(own.id, 9 * HOURS);
  const [lease] = await liveLeases(repository);
  expect(lease).toMatchObject({ id: own.id, kind: "capture", point: "a" });
  const ended = await leaseOf({ boot: lease?.boot });
  expect(await liveIds()).toEqual([own.id]);
  await expect(stat(pathOf(ended))).rejects.toThrow("ENOENT");
});

test.each([
  ["is empty", ""],
  ["is no JSON", "{"],
  ["is another one's", JSON.stringify({ id: randomUUID() })],
  ["is too long", "[".repeat(1 << 20)],
])("a lease that %s counts as a capture's until it is old", async (_name, text) => {
  const id = randomUUID();
  await writeFile(pathOf(id), text);
  expect(await liveLeases(repository)).toMatchObject([{ id, kind: "capture" }]);
  await age(id, 2 * HOURS);
  expect(await liveIds()).toEqual([]);
});

test("who would write without a lease does not begin; who reads does", async () => {
  await rm(repository.folders.leases, { recursive: true });
  await writeFile(repository.folders.leases, "");
  await expect(takeLease(repository, "capture")).rejects.toMatchObject({ code: "CREATE_FAILED" });
  expect(await takeLease(repository, "read")).toBeUndefined();
  await expect(liveLeases(repository)).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
