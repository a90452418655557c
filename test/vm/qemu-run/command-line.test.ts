import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { parseDisk, parseOption, parseSize } from "./command-line.ts";

it("parses disks, choices and sizes", () => {
  expect(parseDisk("a:b.qcow2:nvme:4k:overlay")).toEqual({
    file: "a:b.qcow2",
    format: "qcow2",
    bus: "nvme",
    readOnly: false,
    overlay: true,
    sectorSize: 4096,
  });
  expect(parseDisk("x.raw:usb:ro")).toMatchObject({ format: "raw", readOnly: true, overlay: false });
  expect(() => parseDisk("x.raw")).toThrow("FILE:BUS");
  expect(() => parseDisk("x.raw:floppy")).toThrow("FILE:BUS");
  expect(parseSize("800x600")).toEqual({ width: 800, height: 600 });
  expect(() => parseSize("800")).toThrow("WIDTHxHEIGHT");
  expect(() => parseOption("--firmware", "efi", ["bios", "uefi"])).toThrow("want bios, uefi");
});

it("leaves no QEMU behind when its own process is killed", async () => {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main, "--name", "unit-killed", "--display", "none", "--sit"]);
  const said = Promise.withResolvers<string>();
  createInterface({ input: child.stderr }).on("line", (line) => {
    const pid = /pid (\d+)/.exec(line)?.[1];
    if (pid) said.resolve(pid);
  });
  const pid = await said.promise;
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  for (let waited = 0; existsSync(`/proc/${pid}`) && waited < 100; waited++) await sleep(100);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});
