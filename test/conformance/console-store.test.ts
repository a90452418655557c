import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openConsoleStore } from "#pxe/console/store/console-store.ts";
import { consoleStoreSuite } from "#test/conformance/console-store.ts";
import { type PostgresCluster, startPostgres } from "#test/fixtures/postgres.ts";

describe("SQLite", () => {
  let folder: string;
  let made = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "lifeboat-console-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const newFile = () => Promise.resolve(join(folder, `new${made++}`, "users.sqlite"));
  consoleStoreSuite(newFile);

  test("nobody else may read the file; one of a newer version is refused", async () => {
    const file = await newFile();
    await using store = await openConsoleStore(file);
    await store.change((sql) => sql("UPDATE console_state SET version = 1"));
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777, name).toBe(0o600);
    const database = new DatabaseSync(file);
    database.exec("UPDATE console_state SET version = 4");
    database.close();
    await expect(openConsoleStore(file)).rejects.toThrow("a newer version of Lifeboat wrote it");
  });
});

describe("PostgreSQL", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());
  consoleStoreSuite(() => cluster.newDatabase());
});
