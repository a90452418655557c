import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { Place } from "#base/medium/place.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import type { PlaceRequest } from "#rescue/api/contract.ts";
import { captureWork } from "#rescue/deployment/capture-work.ts";
import { diskSource } from "#rescue/disk-source.ts";
import { type CephSpace, openCephSpace } from "#test/engine/bucket/ceph-space.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, noisyDisk, sha256File } from "#test/engine/image/workspace.ts";
import { type SharesApi, startSharesApi } from "#test/engine/shares/shares-api.ts";
import { full } from "#test/sample.ts";

/** A bucket of a real server as a place of the rescue system, by its API as the pages use it. */
const SIZE = 12 << 20;
let space: CephSpace;
let api: SharesApi;
let source: string;
let target: string;

beforeAll(async () => {
  space = await openCephSpace();
  source = await noisyDisk(space.files.path("source.raw"), SIZE, 5);
  target = await blankDisk(space.files.path("target.raw"), SIZE);
  api = await startSharesApi(space.files, [source, target]);
}, 600_000);
afterAll(async () => {
  await api.services.shares.close();
  await api[Symbol.asyncDispose]();
  expect(await mounts()).toEqual([]);
  await space[Symbol.asyncDispose]();
});

const mounts = async () => (await readMountTable()).filter(({ point }) => point.startsWith(space.files.folder));
const request = (place: object = {}, password?: string): PlaceRequest => {
  const { accessKeyId, secretAccessKey } = space.ceph.credentials;
  const bucket = {
    kind: "s3",
    name: "Büro",
    bucket: space.bucket,
    folder: "/pcs/Büro/",
    endpoint: space.ceph.endpoint,
  };
  return {
    place: { ...bucket, accessKeyId, ...place } as PlaceRequest["place"],
    password: password ?? secretAccessKey,
  };
};
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "connected",
    (error: unknown) => (isLifeboatError(error) ? error.code : String(error)),
  );
const tried = (place: object, password?: string) => api.client.call("testPlace", { body: request(place, password) });
const state = async () => (await api.client.call("places"))[0];

test("a test says what is wrong in words of its own, and leaves nothing", async () => {
  expect(await tried({})).toEqual({ isLow: false });
  expect(await codeOf(tried({}, "another secret"))).toBe("BUCKET_DENIED");
  expect(await codeOf(tried({ bucket: "no-such-bucket" }))).toBe("BUCKET_NOT_FOUND");
  expect(await codeOf(tried({ endpoint: "http://127.0.0.1:9" }))).toBe("BUCKET_UNREACHABLE");
  expect(await codeOf(tried({ endpoint: undefined }))).toBe("REQUEST_INVALID");
  expect(await codeOf(tried({ readOnly: true }))).toBe("SHARE_FOLDER_MISSING");
  expect(await mounts()).toEqual([]);
  expect(await space.keys("")).toEqual([]);
});

async function capture(destinationId: string, name: string) {
  const body = { kind: "capture", diskId: `file:${source}`, destinationId, name, raw: true, verify: true } as const;
  const plan = await api.client.call("planOperation", { body });
  const start = { planId: plan.id, confirm: plan.confirmation.id, afterwards: "stay" } as const;
  let operation = await api.client.call("startOperation", { body: start });
  while (operation.state === "running") {
    await sleep(100);
    operation = await api.client.call("operation", { params: { operationId: operation.id } });
  }
  expect(operation).toMatchObject({ state: "succeeded" });
  return plan.capture;
}

async function restored(imageId: string): Promise<string> {
  const options = { verifyTarget: false, salvage: false };
  const body = { imageId, targetId: `file:${target}`, options };
  const plan = await api.client.call("planRestore", { body });
  const job = await api.client.call("startRestore", { body: { planId: plan.id, confirm: plan.target.id } });
  for await (const { state: now } of api.client.follow(job.id))
    if (!["running", "cancelling"].includes(now)) expect(now).toBe("succeeded");
  return await sha256File(target);
}

test("a repository in it: what is captured there is listed, and restored from it", async () => {
  const [connected] = await api.client.call("setPlace", { body: request() });
  expect(connected).toMatchObject({ state: "connected", isLow: false });
  expect(connected).not.toHaveProperty("room");
  await lifeboatJson("repo", "init", join(connected?.folder ?? "", "repo"));
  const destination = { kind: "bucket", isLow: false };
  expect(await api.client.call("destinations")).toEqual([
    { id: "share:Büro", name: "Büro", repository: "none", ...destination },
    { id: "share:Büro/repo", name: "Büro: repo", repository: "open", ...destination, nameSaid: expect.anything() },
  ]);
  expect(await capture("share:Büro/repo", "laptop")).not.toHaveProperty("free");
  const found = await api.client.call("rescanImages");
  expect(found.map(({ place, manifest }) => [place, manifest?.name])).toEqual([["Büro", "laptop"]]);
  expect(await restored(found[0]?.id ?? "none")).toBe(await sha256File(source));
  expect((await space.keys("")).every((key) => key.startsWith("pcs/Büro/repo/"))).toBe(true);
});

test("the secret is in memory alone", async () => {
  const { secretAccessKey } = space.ceph.credentials;
  const run = space.files.path("run");
  const holding: string[] = [];
  for (const name of await readdir(run))
    if ((await stat(join(run, name))).isFile() && (await readFile(join(run, name), "utf8")).includes(secretAccessKey))
      holding.push(name);
  expect(holding).toEqual(["secrets.json"]); // in memory (tmpfs), for a server that is started again
  const commands = await Promise.all(
    (await readdir("/proc")).filter(Number).map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  expect(commands.join("\n")).not.toContain(secretAccessKey);
  expect(JSON.stringify(await api.client.call("places"))).not.toContain(secretAccessKey);
});

full("where images are only read nothing can be written", async () => {
  const [place] = await api.client.call("setPlace", { body: request({ readOnly: true }) });
  expect(await readdir(place?.folder ?? "")).toEqual(["repo"]);
  await expect(writeFile(join(place?.folder ?? "", "x"), "x")).rejects.toMatchObject({ code: "EROFS" });
  expect((await api.client.call("destinations")).map(({ kind }) => kind)).not.toContain("bucket");
  await api.client.call("setPlace", { body: request() });
});

test("a server that goes away is seen, and a program of ours that was killed is started again by connecting", async () => {
  await space.ceph.stop();
  await expect.poll(async () => (await state())?.state, { timeout: 60_000 }).toBe("no-answer");
  await space.ceph.start();
  expect((await state())?.state).toBe("connected");
  process.kill(await bucketServer(), "SIGKILL");
  await expect.poll(async () => (await state())?.state).toBe("no-answer");
  expect((await api.client.call("connectPlace", { params: { placeId: "Büro" } }))[0]?.state).toBe("connected");
});

/** The program that shows it: whoever has the device of its mount open. */
async function bucketServer(): Promise<number> {
  for (const pid of (await readdir("/proc")).filter(Number)) {
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""))?.[1];
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (Number(parent) === process.pid && command.includes("bucket-server-main")) return Number(pid);
  }
  throw new Error("no bucket is shown");
}

test("an order to capture finds its repository there, and leaves no mount", async () => {
  const { place, password = "" } = request();
  await using work = captureWork({
    task: {
      ...{ kind: "capture", from: { id: `file:${source}` }, repository: "repo", name: "pc7", leaveOutPageFiles: false },
      ...{ place: Place.parse(place), placePassword: password },
    },
    listDisks: diskSource({ diskFiles: [source], onlyFiles: true }),
    release: async () => {},
    folder: space.files.path("order"),
  });
  const into = space.files.path("order/share/repo");
  expect(await work.look(AbortSignal.timeout(60_000), () => {})).toMatchObject({
    args: expect.arrayContaining(["capture", "--to", into]),
  });
});

test("it stays for a server that is started again; what was written is stored when it is disconnected", async () => {
  const [place] = await api.client.call("places");
  await api[Symbol.asyncDispose]();
  api = await startSharesApi(space.files, [source, target]);
  expect((await state())?.state).toBe("connected");
  // Longer than what is stored as soon as it is closed.
  await writeFile(join(place?.folder ?? "", "long"), new Uint8Array(9 << 20));
  const after = await api.client.call("disconnectPlace", { params: { placeId: "Büro" } });
  expect([after[0]?.state, (await mounts()).length]).toEqual(["not-connected", 0]);
  expect((await space.sizes("pcs/Büro/"))["pcs/Büro/long"]).toBe(9 << 20);
  expect(await api.client.call("images")).toEqual([]);
  expect((await api.client.call("connectPlace", { params: { placeId: "Büro" } }))[0]?.state).toBe("connected");
});
