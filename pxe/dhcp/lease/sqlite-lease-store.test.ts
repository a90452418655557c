import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lease } from "./lease.ts";
import { openLeaseStore } from "./sqlite-lease-store.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-leases-"));
  file = join(folder, "pxe", "leases.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

const lease: Lease = {
  ...{ address: 0x0a000064, client: "id 0102", mac: "52:54:00:12:34:56", isFirmware: true, state: "bound" },
  until: 1_800_000_000,
};
const failed = expect.objectContaining({ code: "PXE_STATE_FAILED" });

test("what was saved is there when the file is opened again, the newest of each address", () => {
  const store = openLeaseStore(file);
  store.save([lease, { ...lease, address: 7, isFirmware: false }]);
  store.save([{ ...lease, state: "released", until: 1_800_000_000.25 }]);
  store.close();
  const again = openLeaseStore(file);
  expect(again.all()).toEqual([
    { ...lease, address: 7, isFirmware: false },
    // A second too long does no harm; one too short gives an address away that its client still has.
    { ...lease, state: "released", until: 1_800_000_001 },
  ]);
  again.close();
});

test("of a save that fails nothing is kept, and the next one works", () => {
  const store = openLeaseStore(file);
  expect(() => store.save([lease, { ...lease, address: 8, state: "offered" }])).toThrow(failed);
  expect(store.all()).toEqual([]);
  store.save([lease]);
  expect(store.all()).toEqual([lease]);
  store.close();
});

test("a second server is kept out, until the first is gone", () => {
  const store = openLeaseStore(file);
  expect(() => openLeaseStore(file)).toThrow(failed);
  store.close();
  openLeaseStore(file).close();
});

test("a file that is none of leases, and one of a newer version, are refused and left as they are", () => {
  const other = join(folder, "notes.txt");
  writeFileSync(other, "these are no leases, but words that somebody needs\n".repeat(100));
  expect(() => openLeaseStore(other)).toThrow(/notes\.txt cannot be read or written: .*not a database/);
  openLeaseStore(file).close();
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 2");
  database.close();
  expect(() => openLeaseStore(file)).toThrow("a newer version of Lifeboat wrote it");
});
