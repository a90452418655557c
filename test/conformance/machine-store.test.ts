import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { A, machineStoreSuite, seen } from "#test/conformance/machine-store.ts";
import { type PostgresCluster, startPostgres } from "#test/fixtures/postgres.ts";

let folder: string;
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-machines-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
const newFile = () => Promise.resolve(join(folder, `new${made++}`, "machines.sqlite"));
const failed = expect.objectContaining({ code: "PXE_MACHINES_FAILED" });

describe("SQLite", () => {
  machineStoreSuite(newFile);

  test("a file that is none, and one of a newer version, are refused and left as they are", async () => {
    const other = join(folder, "notes.txt");
    writeFileSync(other, "these are no machines, but words that somebody needs\n".repeat(100));
    await expect(openMachineStore(other)).rejects.toThrow(/notes\.txt cannot be read or written: .*not a database/);
    const file = await newFile();
    await (await openMachineStore(file))[Symbol.asyncDispose]();
    const database = new DatabaseSync(file);
    database.exec("UPDATE machine_state SET version = 99");
    database.close();
    await expect(openMachineStore(file)).rejects.toThrow("a newer version of Lifeboat wrote it");
  });

  test("another process that is in the middle of a change is waited for", async () => {
    const file = await newFile();
    await using store = await openMachineStore(file);
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    let isRecorded = false;
    const recording = store.record([seen(A, 1)]).then(() => {
      isRecorded = true;
    });
    // Who only reads waits for nobody: it comes behind what this process writes, and an own one looks past it.
    await using reader = await openMachineStore(file);
    expect(await reader.list()).toEqual([]);
    expect(isRecorded).toBe(false);
    other.exec("COMMIT");
    other.close();
    await recording;
    expect(await reader.list()).toHaveLength(1);
  });
});

describe("PostgreSQL", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());
  machineStoreSuite(() => cluster.newDatabase());

  test("a server that went away is an error while it is away, and then it goes on with what was committed", async () => {
    await using store = await openMachineStore(await cluster.newDatabase());
    await store.record([seen(A, 1)]);
    await cluster.crash();
    // The connections of before are broken: one of the first calls may say so.
    const list = await store.list().catch(() => store.list());
    expect(list).toHaveLength(1);
  });

  test("one that is not there is named, without the password of its URL", async () => {
    const url = "postgresql://anna:secret@localhost/none?host=%2Fnowhere";
    await expect(openMachineStore(url)).rejects.toEqual(failed);
    await expect(openMachineStore(url)).rejects.not.toThrow(/secret/);
  });
});
