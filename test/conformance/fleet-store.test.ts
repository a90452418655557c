import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FleetKey } from "#pxe/fleet/fleet-key.ts";
import { openFleetStore } from "#pxe/fleet/open-fleet-store.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { fleetStoreSuite } from "#test/conformance/fleet-store.ts";
import { type PostgresCluster, startPostgres } from "#test/fixtures/postgres.ts";
import { A, seen } from "./machine-store.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-fleet-"));
let made = 0;
afterAll(() => rmSync(folder, { recursive: true }));
const newFile = () => Promise.resolve(join(folder, `new${made++}`, "machines.sqlite"));

describe("SQLite", () => {
  fleetStoreSuite(newFile, join(folder, "sqlite.key"));

  test("a file of before there were deployments goes on to be used, with its machines", async () => {
    const file = await newFile();
    {
      await using machines = await openMachineStore(file);
      await machines.record([seen(A, 1)]);
    }
    const database = new DatabaseSync(file);
    for (const table of ["deployment", "deployment_member", "deployment_key"]) database.exec(`DROP TABLE ${table}`);
    database.exec("UPDATE machine_state SET version = 1");
    database.close();
    await using store = await openFleetStore(file);
    expect(await store.read((rows) => rows.deployments())).toEqual([]);
    await using machines = await openMachineStore(file);
    expect(await machines.list()).toHaveLength(1);
  });
});

describe("PostgreSQL", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster[Symbol.asyncDispose]());
  fleetStoreSuite(() => cluster.newDatabase(), join(folder, "postgres.key"));
});

test("the server's key is made once, for its owner alone; what it sealed opens with it, in its place", async () => {
  const file = join(folder, "keys", "orders.key");
  const [one, two] = await Promise.all([FleetKey.open(file), FleetKey.open(file)]);
  expect(one.publicText).toBe(two.publicText);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const sealed = one.seal("geheim", "deployment 1");
  expect(two.unseal(sealed, "deployment 1")).toBe("geheim");
  expect(() => two.unseal(sealed, "deployment 2")).toThrow(/PXE_KEY_FAILED/);
  const other = await FleetKey.open(join(folder, "other.key"));
  expect(() => other.unseal(sealed, "deployment 1")).toThrow(/PXE_KEY_FAILED/);
  expect(other.token("a")).not.toBe(one.token("a"));
  expect(one.token("a", "b")).not.toBe(one.token("ab"));
  writeFileSync(join(folder, "broken.key"), "-----BEGIN PRIVATE KEY-----\n");
  await expect(FleetKey.open(join(folder, "broken.key"))).rejects.toThrow(/PXE_KEY_FAILED.*broken\.key/);
});
