import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { System } from "#rescue/api/contract.ts";
import { parseCommandLine } from "#rescue/command-line.ts";
import { consoleMark } from "#rescue/console-mark.ts";
import { readSystem } from "#rescue/inventory/system.ts";
import { createLog } from "#rescue/log.ts";
import { logText, readLogFile } from "#rescue/log-text.ts";
import { power } from "#rescue/power/power-actions.ts";
import { redactor } from "#rescue/support/redact.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "machine-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("parseCommandLine", () => {
  it("listens on loopback by default", () =>
    expect(parseCommandLine([])).toMatchObject({ host: "127.0.0.1", port: 8480, isRescue: false }));
  it("takes repeated folders and files", () =>
    expect(parseCommandLine(["--images", "/a", "--images", "/b", "--disk", "x.raw", "--only-files"])).toMatchObject({
      imageFolders: ["/a", "/b"],
      diskFiles: ["x.raw"],
      onlyFiles: true,
    }));
  it.each(["127.0.0.1:0", "127.1.2.3:80", "[::1]:8480", "localhost:8480"])("may listen on %s", (listen) =>
    expect(parseCommandLine(["--listen", listen]).port).toBeTypeOf("number"),
  );
  it.each([
    "0.0.0.0:8480",
    "[::]:80",
    "192.168.1.5:80",
    "rescue.lan:80",
    "127.0.0.1",
    ":80",
    "127.evil.example:1",
    "127.0.0.1:99999",
  ])("refuses to listen on %s", (listen) => expect(() => parseCommandLine(["--listen", listen])).toThrow(/^USAGE/));
  it("refuses flags that it does not know", () => expect(() => parseCommandLine(["--open"])).toThrow(/^USAGE/));
});

describe("readSystem", () => {
  const VARIABLE = "SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
  const read = () => readSystem({ version: "0.1.0", isRescue: true, sysfs: folder });
  it("tells BIOS", async () =>
    expect(System.parse(await read())).toMatchObject({ firmware: "bios", secureBoot: false }));
  it.each([
    [1, true],
    [0, false],
  ])("reads SecureBoot=%i", async (value, secureBoot) => {
    await mkdir(join(folder, "firmware/efi/efivars"), { recursive: true });
    await writeFile(join(folder, "firmware/efi/efivars", VARIABLE), Uint8Array.of(6, 0, 0, 0, value));
    expect(await read()).toMatchObject({ firmware: "uefi", secureBoot });
  });
  it("tells UEFI without the variable", async () => {
    await mkdir(join(folder, "firmware/efi"), { recursive: true });
    expect(await read()).toMatchObject({ firmware: "uefi", secureBoot: false });
  });
});

it("marks the console past `quiet`, with the time since the kernel's start", async () => {
  const [kmsg = "", uptime = "", splash = "", screen = ""] = ["kmsg", "uptime", "splash", "screen"].map((name) =>
    join(folder, name),
  );
  const files = { kmsg, uptime, splash, screen };
  await writeFile(files.uptime, "21.53 40.00\n");
  const mark = consoleMark(files);
  await mark("server");
  await mark("job succeeded");
  expect(await readFile(files.kmsg, "utf8")).toBe(
    "<2>LIFEBOAT-MARK server 21.53\n<2>LIFEBOAT-MARK job succeeded 21.53\n",
  );
  await expect(readFile(screen)).rejects.toMatchObject({ code: "ENOENT" });
  // Off the picture again, by which nobody is kept from reading what else is there.
  await writeFile(splash, "");
  await mark("server");
  expect(await readFile(screen, "latin1")).toBe("\x1b[A\x1b[2K");
});

describe("power", () => {
  const ran: string[] = [];
  const run = async (action: string) => ran.push(action);
  it("is refused outside the rescue system", () =>
    expect(power({ isRescue: false, busyDisk: () => undefined, run })("restart")).rejects.toMatchObject({
      code: "FORBIDDEN",
    }));
  it("is refused while a job writes", () =>
    expect(power({ isRescue: true, busyDisk: () => "Disk", run })("restart")).rejects.toMatchObject({
      code: "JOB_BUSY",
    }));
  it("runs otherwise", async () => {
    await power({ isRescue: true, busyDisk: () => undefined, run })("shut-down");
    expect(ran).toEqual(["shut-down"]);
  });
});

describe("log", () => {
  it("writes JSON lines without secrets", async () => {
    const file = join(folder, "new/server.jsonl");
    createLog(file).info({ jobId: "1", password: "hunter2", share: { token: "hunter2" } }, "mounted");
    const text = await readLogFile(file);
    expect(JSON.parse(text)).toMatchObject({ jobId: "1", msg: "mounted" });
    expect(text).not.toContain("hunter2");
  });
  it("has every part, also when one cannot be had", async () => {
    const text = await logText({
      system: async () => ({}) as never,
      disks: () => Promise.reject(new Error("lsblk is missing")),
      images: async () => [],
      plans: () => [],
      jobs: () => [],
      serverLog: async () => "line 1\n",
      kernelLog: async () => "token=abc\n",
      redact: redactor({ secrets: [] }),
    });
    expect(text.match(/^==== .+$/gm)).toHaveLength(7);
    expect(text).toContain("(not available: lsblk is missing)");
    expect(text).toContain("line 1");
    expect(text).toContain("token=(removed)");
  });
});
