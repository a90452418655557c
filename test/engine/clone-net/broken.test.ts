import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import { type Offer, offer, offerWith, served } from "#test/engine/clone-net/offer.ts";
import { errorOf, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { blankDisk, noise, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { allocated } from "#test/engine/restore/interrupt.ts";

const MIB = 1 << 20;
/** Two segments and a half, of bytes that do not shrink. */
const SIZE = 160 * MIB;
const CODE = "7K3M-2XHD-9RTW";
const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
let space: Workspace;
let disk: string;
let hash: string;
beforeAll(async () => {
  space = await openWorkspace();
  disk = await blankDisk(space.path("served.img"), SIZE);
  for (let at = 0; at < SIZE; at += 8 * MIB) await writeAt(disk, at, noise(8 * MIB, at + 5));
  hash = await sha256File(disk);
});
afterAll(() => space[Symbol.asyncDispose]());

/** Some of the second segment is written, so the first one is noted. */
const half = async (target: string): Promise<void> => {
  while ((await allocated(target)) < 68 * MIB) await sleep(3);
};
const receive = (target: string, { host, code }: Pick<Offer, "host" | "code">, ...more: string[]) => [
  ...["clone", "receive", host, "--code", code, "--to", target, "--yes-erase", target, ...more],
];

test("the serving side is killed and started again: the receiver waits, goes on, and fetches little twice", async () => {
  const target = await blankDisk(space.path("waited.img"), SIZE);
  const first = await offerWith({ LIFEBOAT_CODE: CODE }, disk, "--raw");
  const receiver = startLifeboat(
    ...receive(target, first, "--limit", "100M", "--wait", "60s", "--no-verify"),
    "--json",
  );
  await half(target);
  await first[Symbol.asyncDispose]();
  await using again = await offerWith({ LIFEBOAT_CODE: CODE }, disk, "--raw", "--port", String(first.port));
  const { status, stdout, stderr } = await receiver.result;
  expect(status, stderr).toBe(0);
  expect(stderr).toContain("Waiting: the connection to");
  expect((JSON.parse(stdout) as RestoreReport).writtenBytes).toBe(SIZE);
  expect(await sha256File(target)).toBe(hash);
  expect((await served(again)).sentBytes).toBeLessThan(SIZE - 50 * MIB);
});

full("without --wait it fails, and the same command with a new code goes on", async () => {
  const target = await blankDisk(space.path("again.img"), SIZE);
  const first = await offer(disk, "--raw");
  const command = receive(target, first, "--limit", "60M", "--wait", "0s");
  const receiver = startLifeboat(...command, "--json");
  await half(target);
  await first[Symbol.asyncDispose]();
  const failed = errorOf(await receiver.result, command);
  expect(failed.code, failed.text).toMatch(/^PEER_(LOST|UNREACHABLE)$/);
  await using again = await offer(disk, "--raw");
  await lifeboatJson(...receive(target, again));
  expect(await sha256File(target)).toBe(hash);
  expect((await served(again)).sentBytes).toBeLessThan(SIZE - 50 * MIB);
});

full("the receiver is killed: the offer stays, and the same command goes on", async () => {
  const target = await blankDisk(space.path("killed.img"), SIZE);
  await using offered = await offer(disk, "--raw");
  const receiver = startLifeboat(...receive(target, offered, "--limit", "60M"));
  await half(target);
  receiver.child.kill("SIGKILL");
  await receiver.result;
  await lifeboatJson(...receive(target, offered));
  expect(await sha256File(target)).toBe(hash);
  expect((await served(offered)).sentBytes).toBeGreaterThan(0);
});

full("the other side comes back with another code: that is said, and no guess is wasted", async () => {
  const target = await blankDisk(space.path("code.img"), SIZE);
  const first = await offer(disk, "--raw");
  const command = receive(target, first, "--limit", "60M", "--wait", "60s");
  const receiver = startLifeboat(...command, "--json");
  await half(target);
  await first[Symbol.asyncDispose]();
  await using _again = await offer(disk, "--raw", "--port", String(first.port));
  expect(errorOf(await receiver.result, command).code).toBe("PAIRING_REFUSED");
});
