import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { walk } from "#imaging/explore/walk.ts";

test("find(1) is understood, whatever the names are", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-walk-"));
  const name = "new\nline 'and' Ü";
  writeFileSync(join(folder, name), "12345", { mode: 0o600 });
  symlinkSync("/nowhere", join(folder, "link"));
  const found = (await Array.fromAsync(walk([folder], { from: 1 }))).toSorted((a, b) => (a.type < b.type ? -1 : 1));
  expect(found).toMatchObject([
    { type: "file", mode: 0o600, size: 5, links: 1, path: join(folder, name), target: "" },
    { type: "link", path: join(folder, "link"), target: "/nowhere" },
  ]);
  expect(found[0]?.modified).toBeCloseTo(Date.now() / 1000, -2);
  const complaints: string[] = [];
  const none = walk([join(folder, "none")], { onComplaint: (line) => complaints.push(line) });
  expect(await Array.fromAsync(none)).toEqual([]);
  expect(complaints.join()).toMatch(/No such file/);
  rmSync(folder, { recursive: true });
});
