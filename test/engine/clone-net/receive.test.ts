import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { offer, served } from "#test/engine/clone-net/offer.ts";
import { errorOf, lifeboatJson, startLifeboatWith } from "#test/engine/image/command.ts";
import { GPT_DISK, makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf, volumesOf } from "#test/engine/layout/volumes.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
let space: Workspace;
let source: string;
let hash: string;
beforeAll(async () => {
  space = await openWorkspace();
  source = await makeSampleDisk(space.path("source.img"), GPT_DISK);
  hash = await sha256File(source);
});
afterAll(async () => {
  expect(await sha256File(source)).toBe(hash); // after all of it
  await space[Symbol.asyncDispose]();
});

test("a disk of another machine becomes a copy of the used blocks, read back, and the offer ends", async () => {
  const target = await noisyDisk(space.path("copy.img"), 88 * MIB);
  await using offered = await offer(source);
  expect(offered.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  const receive = ["clone", "receive", offered.host, "--code", offered.code.toLowerCase(), "--to", target];
  const plan = await lifeboatJson<RestorePlan>(...receive, "--dry-run");
  const remote = { host: "127.0.0.1", port: offered.port };
  expect(plan).toMatchObject({ kind: "clone", source: { kind: "file", path: offered.host, remote } });
  expect(JSON.stringify(plan)).not.toContain(offered.code);
  const report = await lifeboatJson<RestoreReport>(...receive, "--yes-erase", target);
  expect(report).toMatchObject({ kind: "clone", targetVerified: true, writtenBytes: plan.writeBytes });
  expect(report.bad).toBeUndefined();
  expect(await filesOf(target)).toEqual(await filesOf(source));
  expect(await volumesOf(target)).toEqual(await volumesOf(source));
  const { kind, receiver, sentBytes } = await served(offered);
  expect({ kind, receiver }).toEqual({ kind: "clone-serve", receiver: "127.0.0.1" });
  expect(sentBytes).toBeLessThan(2 * report.writtenBytes);
});

full("every sector, with the code from the environment: equal to the bit", async () => {
  const target = await noisyDisk(space.path("raw.img"), 88 * MIB);
  await using offered = await offer(source, "--raw");
  const receive = ["clone", "receive", offered.host, "--to", target, "--yes-erase", target, "--json"];
  const { status, stderr } = await startLifeboatWith({ LIFEBOAT_CODE: offered.code }, ...receive).result;
  expect(status, stderr).toBe(0);
  expect(await sha256File(target)).toBe(hash);
});

full("a copy that is nearly right: only what differs comes over", async () => {
  const target = await noisyDisk(space.path("delta.img"), 88 * MIB);
  await runTool("cp", [source, target]);
  await runTool("dd", ["if=/dev/urandom", `of=${target}`, "bs=4096", "count=1", "seek=8192", "conv=notrunc"]);
  await using offered = await offer(source, "--raw");
  const receive = ["clone", "receive", offered.host, "--code", offered.code, "--to", target, "--yes-erase", target];
  const report = await lifeboatJson<RestoreReport>(...receive, "--delta");
  expect(await sha256File(target)).toBe(hash);
  expect(report.writtenBytes).toBeLessThan(2 * MIB);
  expect((await served(offered)).sentBytes).toBeLessThan(6 * MIB);
});

full("onto itself, from the same machine, is refused", async () => {
  await using offered = await offer(source);
  const receive = ["clone", "receive", offered.host, "--code", offered.code, "--to", source, "--yes-erase", source];
  expect(errorOf(await startLifeboatWith({}, ...receive, "--json").result, receive).code).toBe("TARGET_IS_SOURCE");
});

/** Much room, little in it. */
const ROOMY: SampleDisk = {
  size: 400 * MIB,
  table: `label: gpt
size=40MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name="EFI System"
size=300MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root
size=32MiB, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
`,
  volumes: { 1: "vfat", 2: "ext4", 3: "swap" },
};

full("a smaller disk: file systems are read over the network while their tools make them smaller", async () => {
  const roomy = await makeSampleDisk(space.path("roomy.img"), ROOMY);
  const before = await sha256File(roomy);
  const target = await noisyDisk(space.path("small.img"), 200 * MIB);
  await using offered = await offer(roomy);
  const receive = ["clone", "receive", offered.host, "--code", offered.code, "--to", target, "--yes-erase", target];
  const report = await lifeboatJson<RestoreReport>(...receive, "--layout", "shrink");
  expect(report.targetVerified).toBe(true);
  expect(await filesOf(target)).toEqual(await filesOf(roomy));
  expect(await sha256File(roomy)).toBe(before);
});

full("a larger disk, with another table and new identities", async () => {
  const target = await noisyDisk(space.path("mbr.img"), 120 * MIB);
  await using offered = await offer(source);
  const receive = ["clone", "receive", offered.host, "--code", offered.code, "--to", target, "--yes-erase", target];
  await lifeboatJson<RestoreReport>(...receive, "--table", "mbr", "--new-ids");
  expect(await filesOf(target)).toEqual(await filesOf(source));
});
