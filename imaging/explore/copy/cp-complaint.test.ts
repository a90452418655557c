import { expect, test } from "vitest";
import { readComplaint } from "#imaging/explore/copy/cp-complaint.ts";

const SOURCE = "/run/lifeboat/explore/1@2-x";

test.each([
  [`cp: error reading '${SOURCE}/2-ext4/a b': Input/output error`, "unread", `${SOURCE}/2-ext4/a b`],
  [`cp: cannot open '${SOURCE}/v/a' for reading: Structure needs cleaning`, "unread", `${SOURCE}/v/a`],
  [`cp: cannot access '${SOURCE}/v/d': Input/output error`, "unread", `${SOURCE}/v/d`],
  [`cp: cannot open '${SOURCE}/v/a' for reading: Operation not permitted`, "uncopied", `${SOURCE}/v/a`],
  ["cp: error writing '/t/a': No space left on device", "uncopied", "/t/a"],
  ["cp: error writing '/t/a': Input/output error", "uncopied", "/t/a"],
  ["cp: cannot create regular file '/t/a:b': Invalid argument", "uncopied", "/t/a:b"],
  ["cp: failed to preserve ownership for '/t/a': Operation not permitted", "lost", "/t/a"],
  ["cp: preserving permissions for '/t/a': Operation not supported", "lost", "/t/a"],
  ["cp: setting attribute 'user.x' for '/t/a': No space left on device", "lost", "/t/a"],
  ["cp: setting attributes for '/t/a': Operation not supported", "lost", "/t/a"],
])("%s", (line, kind, path) => expect(readComplaint(line, SOURCE)).toMatchObject({ kind, path }));

test("the reason is what cp says without the name", () => {
  expect(readComplaint(`cp: error reading '${SOURCE}/v/a': Input/output error`, SOURCE)?.text).toBe(
    "error reading: Input/output error",
  );
});

test("what names no file is no complaint of one", () =>
  expect(readComplaint("cp: memory exhausted", SOURCE)).toBeUndefined());
