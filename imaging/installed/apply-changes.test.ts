import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";

let outside: string;
let root: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), "lifeboat-changes-"));
  root = join(outside, "root");
  mkdirSync(join(root, "etc/real"), { recursive: true });
  writeFileSync(join(root, "etc/fstab"), "old");
  chmodSync(join(root, "etc/fstab"), 0o640);
  writeFileSync(join(root, "etc/real/file"), "behind a link");
  symlinkSync("/etc/real/file", join(root, "etc/linked"));
});
afterEach(() => rmSync(outside, { recursive: true }));

const at = (path: string) => join(root, path);
const apply = (...changes: SystemChange[]) =>
  applyChanges(systemTree(root), changes, { keepIn: "/var/lib/lifeboat/then", signal: new AbortController().signal });

test("files are written with the mode that they had, and kept as they were", async () => {
  const report = await apply(
    { op: "write", path: "/etc/fstab", content: "new", text: "1" },
    { op: "write", path: "/etc/fstab", content: "newest", text: "2" },
    { op: "write", path: "/etc/made/here", content: "made", text: "3", mode: 0o600 },
    { op: "write", path: "/etc/linked", content: "through", text: "4" },
  );
  expect(readFileSync(at("etc/fstab"), "utf8")).toBe("newest");
  expect(lstatSync(at("etc/fstab")).mode & 0o777).toBe(0o640);
  expect(lstatSync(at("etc/made/here")).mode & 0o777).toBe(0o600);
  expect(readlinkSync(at("etc/linked"))).toBe("/etc/real/file");
  expect(readFileSync(at("etc/real/file"), "utf8")).toBe("through");
  expect(readFileSync(at("var/lib/lifeboat/then/etc/fstab"), "utf8")).toBe("old");
  expect(readFileSync(at("var/lib/lifeboat/then/etc/real/file"), "utf8")).toBe("behind a link");
  expect(report).toEqual({
    done: [
      { text: "1", path: "/etc/fstab" },
      { text: "2", path: "/etc/fstab" },
      { text: "3", path: "/etc/made/here" },
      { text: "4", path: "/etc/linked" },
    ],
    kept: "/var/lib/lifeboat/then",
  });
});

test("a link is changed itself, and kept as a link", async () => {
  await apply({ op: "link", path: "/etc/linked", to: "../run/new", text: "1" });
  expect(readlinkSync(at("etc/linked"))).toBe("../run/new");
  expect(readlinkSync(at("var/lib/lifeboat/then/etc/linked"))).toBe("/etc/real/file");
  await apply({ op: "remove", path: "/etc/linked", text: "2" });
  expect(() => lstatSync(at("etc/linked"))).toThrow("ENOENT");
  expect(readFileSync(at("etc/real/file"), "utf8")).toBe("behind a link");
});

test("what is new keeps nothing; the first program that fails ends it", async () => {
  expect((await apply({ op: "write", path: "/etc/new", content: "x", text: "1" })).kept).toBeUndefined();
  const failed = apply(
    { op: "run", command: ["/bin/nothing"], text: "no such program" },
    { op: "write", path: "/etc/never", content: "x", text: "2" },
  );
  await expect(failed).rejects.toMatchObject({ code: "TOOL_FAILED" });
  expect(() => lstatSync(at("etc/never"))).toThrow("ENOENT");
});
