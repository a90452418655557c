import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importingProgram } from "#test/fixtures/windows/importing-program.ts";
import { MACHINE_X64, readPeImports } from "./pe-imports.ts";

const PROGRAM = importingProgram({ libraries: ["KERNEL32.dll", "ws2_32.DLL"], delayed: ["dbghelp.dll"] });

test("static and delay-loaded libraries are read, with the machine", () => {
  expect(readPeImports(PROGRAM)).toEqual({
    machine: MACHINE_X64,
    imports: [
      { library: "KERNEL32.dll", isDelayed: false },
      { library: "ws2_32.DLL", isDelayed: false },
      { library: "dbghelp.dll", isDelayed: true },
    ],
  });
});

test("binutils reads the fixture in the same way", () => {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-pe-"));
  const path = join(folder, "program.exe");
  writeFileSync(path, PROGRAM);
  const text = execFileSync("objdump", ["-p", path], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect([...text.matchAll(/DLL Name: (\S+)/g)].map(([, name]) => name)).toEqual(["KERNEL32.dll", "ws2_32.DLL"]);
});

test("a program without imports has none", () => {
  expect(readPeImports(importingProgram({ libraries: [] }))?.imports).toEqual([]);
});

test("what is no program, or is cut off or leads outside of itself, is none", () => {
  expect(readPeImports(Buffer.from("MSWIM\0\0\0"))).toBeUndefined();
  for (let length = 0; length < PROGRAM.length - 1024; length += 7)
    expect(readPeImports(PROGRAM.subarray(0, length)), `${length} bytes`).toBeUndefined();
  const outside = Buffer.from(PROGRAM);
  outside.writeUInt32LE(0x7fff_0000, 0x80 + 24 + 112 + 8);
  expect(readPeImports(outside)).toBeUndefined();
});
