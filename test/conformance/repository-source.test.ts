import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OpenBucket, openBucket } from "#imaging/bucket/open-bucket.ts";
import { openS3Store } from "#imaging/bucket/s3-store.ts";
import { namesIn, openHttpSource } from "#imaging/repository/http-source.ts";
import { openFolderSource, type RepositorySource } from "#imaging/repository/source.ts";
import { serveFolder, type WebServer } from "#test/doubles/web-server.ts";
import { type CephGateway, startCeph } from "#test/fixtures/ceph.ts";

/** What every source of a repository's files holds to, whatever it is. */
let root: string;
let server: WebServer | undefined;
let ceph: CephGateway;
let bucket: OpenBucket | undefined;
beforeAll(async () => {
  ceph = await startCeph();
}, 600_000);
afterAll(() => ceph[Symbol.asyncDispose]());
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "lifeboat-source-"));
  await mkdir(join(root, "points"));
  await writeFile(join(root, "points/a b & ü.lbi"), content);
  await writeFile(join(root, "points/empty.lbi"), "");
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
  await bucket?.[Symbol.asyncDispose]();
  bucket = undefined;
  rmSync(root, { recursive: true });
});

const content = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) & 255));

const SOURCES: Record<string, () => Promise<RepositorySource>> = {
  "a folder": async () => openFolderSource(root),
  "a web server": async () => {
    server = await serveFolder(root);
    return openHttpSource(server.address);
  },
  "a folder of a bucket": async () => {
    const place = { bucket: await ceph.newBucket(), endpoint: ceph.endpoint };
    using store = openS3Store(place, ceph.credentials);
    for (const name of ["a b & ü.lbi", "empty.lbi"])
      await store.put(`pcs/points/${name}`, await readFile(join(root, "points", name)));
    bucket = await openBucket(place, { prefix: "pcs/", credentials: ceph.credentials, environment: {} });
    return openFolderSource(join(bucket.folder, "pcs"));
  },
};

describe.each(Object.keys(SOURCES))("%s", (name) => {
  const open = () => (SOURCES[name] as () => Promise<RepositorySource>)();

  test("lists names, and nothing for a folder that is not there", async () => {
    const source = await open();
    expect((await source.list("points")).toSorted()).toEqual(["a b & ü.lbi", "empty.lbi"]);
    expect(await source.list("")).toEqual(["points"]);
    expect(await source.list("nothing")).toEqual([]);
  });

  test("reads any part of a file, and knows its size", async () => {
    const source = await open();
    expect(await source.size("points/a b & ü.lbi")).toBe(content.length);
    expect(await source.size("points/empty.lbi")).toBe(0);
    for (const [offset, length] of [
      [0, 1],
      [0, content.length],
      [69_999, 1],
      [1234, 50_000],
      [5, 0],
    ] as const) {
      const bytes = await source.read("points/a b & ü.lbi", offset, length);
      expect(Buffer.from(bytes).equals(content.subarray(offset, offset + length)), `${offset}+${length}`).toBe(true);
    }
  });

  test("never returns fewer bytes than it was asked for", async () => {
    const source = await open();
    await expect(source.read("points/a b & ü.lbi", 69_999, 2)).rejects.toMatchObject({ code: "READ_FAILED" });
    await expect(source.read("points/a b & ü.lbi", 80_000, 1)).rejects.toMatchObject({ code: "READ_FAILED" });
    await expect(source.read("points/empty.lbi", 0, 1)).rejects.toMatchObject({ code: "READ_FAILED" });
  });

  test("says which file is not there", async () => {
    const source = await open();
    for (const attempt of [source.size("points/none.lbi"), source.read("points/none.lbi", 0, 1)])
      await expect(attempt).rejects.toMatchObject({
        code: "OPEN_FAILED",
        message: expect.stringContaining("none.lbi"),
      });
  });
});

test("a server that fails is an error that a job can wait for", async () => {
  server = await serveFolder(root);
  const source = openHttpSource(server.address);
  server.failWith = 503;
  await expect(source.read("points/empty.lbi", 0, 1)).rejects.toMatchObject({
    code: "READ_FAILED",
    cause: { code: "EREMOTEIO" },
  });
  await server[Symbol.asyncDispose]();
  await expect(source.size("points/empty.lbi")).rejects.toMatchObject({
    code: "READ_FAILED",
    cause: { code: "ECONNREFUSED" },
  });
});

test("of a page of links only names in its own folder count", () => {
  const page = `<a href="../">up</a><A class=x HREF='b%20c'>b</a><a href=plain>p</a><a href="?C=N;O=D">sort</a>
    <a href="/repo/points/absolute">a</a><a href="/elsewhere/x">x</a><a href="http://evil.example/y">y</a>
    <a href="sub/deep">d</a><a href="folder/">f</a><a href="%ZZ">bad</a><a href="%2e%2e">dots</a>`;
  expect(namesIn(page, "http://host/repo/points/").toSorted()).toEqual(["absolute", "b c", "folder", "plain"]);
});
