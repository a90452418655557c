import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scratch } from "#test/engine/filesystem/volume-image.ts";
import { noise } from "#test/engine/image/workspace.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";

const SIZE = 1 << 20;
const BAD = 256 * 1024;
const content = noise(SIZE, 3);
let folder: ReturnType<typeof scratch>;
let faults: FaultyIo;
let file: string;

beforeEach(() => {
  folder = scratch();
  faults = new FaultyIo();
  file = join(folder.path, "disk.img");
  writeFileSync(file, content);
});
afterEach(() => {
  faults[Symbol.dispose]();
  folder[Symbol.dispose]();
});

/** Runs a script with `fs`, `file` and `say(value)`; returns what it said. */
function runNode(script: string): { said: unknown[]; signal: string | null } {
  const head = `const fs = require("node:fs"); const file = ${JSON.stringify(file)};
    const say = (value) => console.log(JSON.stringify(value ?? null));
    const attempt = (call) => { try { return call(); } catch (error) { return error.code; } };
    const readAt = (at, length, buffer = Buffer.alloc(length)) =>
      attempt(() => fs.readSync(fs.openSync(file), buffer, 0, length, at));`;
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, ["-e", `${head}\n${script}`], {
    env: { ...process.env, ...faults.env },
    encoding: "utf8",
  });
  if (status !== 0 && signal === null) throw new Error(stderr);
  return {
    said: stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as unknown),
    signal,
  };
}

describe("reads", () => {
  it.each([
    ["readSync", "fs.readSync(fs.openSync(file), Buffer.alloc(4096), 0, 4096, 262144)"],
    ["readvSync", "fs.readvSync(fs.openSync(file), [Buffer.alloc(512), Buffer.alloc(512)], 262144)"],
    ["readFileSync", "fs.readFileSync(file)"],
    ["readFileSync as text", "fs.readFileSync(file, 'latin1')"],
  ])("fails %s at the bad place", (_call, script) => {
    faults.set([`read disk.img ${BAD} 4096 EIO`]);
    expect(runNode(`say(attempt(() => ${script}))`).said).toEqual(["EIO"]);
    expect(faults.faults()[0]).toMatchObject({ rule: 0, call: "read", offset: BAD, path: file });
  });

  it.each([
    ["FileHandle.read", "(await fs.promises.open(file)).read(Buffer.alloc(512), 0, 512, 262144)"],
    ["promises.readFile", "fs.promises.readFile(file)"],
    ["createReadStream", "fs.createReadStream(file).toArray()"],
  ])("fails %s at the bad place", (_call, script) => {
    faults.set([`read disk.img ${BAD} 4096 EREMOTEIO`]);
    const { said } = runNode(`(async () => ${script})().then(() => say("read"), (error) => say(error.code));`);
    expect(said).toEqual(["EREMOTEIO"]);
  });

  it("leaves all else as it is", () => {
    faults.set([`read disk.img ${BAD} 4096 EIO`]);
    const { said } = runNode(`
      const bytes = Buffer.alloc(${SIZE});
      say(attempt(() => fs.readSync(fs.openSync(file), bytes, 0, ${SIZE}, 0)));
      say(attempt(() => fs.readSync(fs.openSync(file), bytes, ${BAD + 4096}, ${SIZE - BAD - 4096}, ${BAD + 4096})));
      say(require("node:crypto").createHash("sha256").update(bytes).digest("hex"));`);
    const expected = Buffer.from(content).fill(0, BAD, BAD + 4096);
    expect(said).toEqual([BAD, SIZE - BAD - 4096, createHash("sha256").update(expected).digest("hex")]);
  });

  it("counts: after, every, times", () => {
    const five = "say([1, 2, 3, 4, 5, 6].map(() => readAt(0, 512)));";
    faults.set(["read disk.img 0 512 EIO times 2"]);
    expect(runNode(five).said).toEqual([["EIO", "EIO", 512, 512, 512, 512]]);
    faults.set(["read disk.img 0 512 EIO after 3"]);
    expect(runNode(five).said).toEqual([[512, 512, 512, "EIO", "EIO", "EIO"]]);
    faults.set(["read disk.img 0 512 EIO every 3"]);
    expect(runNode(five).said).toEqual([[512, 512, "EIO", 512, 512, "EIO"]]);
  });

  it("short reads, wrong bits and delays", () => {
    faults.set(["short read disk.img 100", `read disk.img ${BAD} 1 FLIP`, "read disk.img 8192 1 OK delay 300"]);
    const { said } = runNode(`
      say(readAt(0, 4096));
      const start = performance.now(); readAt(8192, 10); say(performance.now() - start > 290);`);
    expect(said).toEqual([100, true]);
    faults.set([`read disk.img ${BAD} 1 FLIP`]);
    const flipped = runNode(`const b = Buffer.alloc(8); readAt(${BAD - 2}, 8, b); say([...b]);`).said;
    const expected = [...content.subarray(BAD - 2, BAD + 6)];
    expected[2] = (expected[2] as number) ^ 1;
    expect(flipped).toEqual([expected]);
  });

  it("reaches programs of the host too", () => {
    faults.set([`read disk.img ${BAD} 4096 EIO`]);
    const { status, stderr } = spawnSync("dd", [`if=${file}`, "of=/dev/null", "bs=64k"], {
      env: { ...process.env, ...faults.env, LC_ALL: "C" },
      encoding: "utf8",
    });
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("Input/output error") });
  });
});

describe("writes", () => {
  it("writes up to the bad place, then fails", () => {
    faults.set([`write disk.img ${BAD} * ENOSPC`]);
    const { said } = runNode(`
      const fd = fs.openSync(file, "r+"); const b = Buffer.alloc(8192, 7);
      say(attempt(() => fs.writeSync(fd, b, 0, 8192, ${BAD - 4096})));
      say(attempt(() => fs.writevSync(fd, [b, b], ${BAD})));
      say(attempt(() => fs.fsyncSync(fd)));`);
    expect(said).toEqual([4096, "ENOSPC", null]);
    const expected = Buffer.from(content).fill(7, BAD - 4096, BAD);
    expect(readFileSync(file).equals(expected)).toBe(true);
  });

  it("fsync, fdatasync and open", () => {
    faults.set(["fsync disk.img EIO", "open other EACCES"]);
    const { said } = runNode(`
      const fd = fs.openSync(file, "r+");
      say([attempt(() => fs.fsyncSync(fd)), attempt(() => fs.fdatasyncSync(fd)), attempt(() => fs.openSync("/other"))]);`);
    expect(said).toEqual([["EIO", "EIO", "EACCES"]]);
  });

  it("kills before a call, or with half of it written", () => {
    faults.set(["write new.img * * KILL after 3"]);
    const script = `const fd = fs.openSync(file + ".new.img", "w"); for (;;) fs.writeSync(fd, Buffer.alloc(100));`;
    expect(runNode(script).signal).toBe("SIGKILL");
    expect(statSync(`${file}.new.img`).size).toBe(300);
    faults.set(["write new.img * * TORN after 3"]);
    expect(runNode(script).signal).toBe("SIGKILL");
    expect(statSync(`${file}.new.img`).size).toBe(350);
  });

  it("kills at one call: no other thread begins one while the process dies", () => {
    faults.set(["write new.img * * TORN"]);
    const thread = `const fs = require("node:fs"); const ready = require("node:worker_threads").workerData;
      const fd = fs.openSync(${JSON.stringify(`${file}.new.img`)}, "a"); const bytes = Buffer.alloc(16 << 20, 1);
      Atomics.add(ready, 0, 1);
      while (Atomics.load(ready, 0) < 4);
      fs.writeSync(fd, bytes);`;
    const { signal } = runNode(`const { Worker } = require("node:worker_threads");
      const workerData = new Int32Array(new SharedArrayBuffer(4));
      for (let i = 0; i < 4; i++) new Worker(${JSON.stringify(thread)}, { eval: true, workerData });`);
    expect(signal).toBe("SIGKILL");
    expect(faults.faults()).toHaveLength(1);
  });
});

it("a disk goes and comes back while the process runs", async () => {
  const script = `const fs = require("node:fs"); const file = ${JSON.stringify(file)}; const fd = fs.openSync(file);
    const attempt = (call) => { try { call(); return "ok"; } catch (error) { return error.code; } };
    process.stdin.on("data", () => console.log(
      attempt(() => fs.readSync(fd, Buffer.alloc(9), 0, 9, 0)) + " " + attempt(() => fs.closeSync(fs.openSync(file)))));`;
  const child = spawn(process.execPath, ["-e", script], { env: { ...process.env, ...faults.env } });
  const answers = child.stdout[Symbol.asyncIterator]();
  const ask = async () => {
    child.stdin.write("?");
    return String((await answers.next()).value).trim();
  };
  expect(await ask()).toBe("ok ok");
  faults.add("gone disk.img ENODEV");
  expect(await ask()).toBe("ENODEV ENODEV");
  faults.remove("gone disk.img ENODEV");
  expect(await ask()).toBe("ok ok");
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.stdin.end();
  await ended;
});

it("a rule that makes no sense ends the process instead of doing nothing", () => {
  faults.set(["read disk.img 0 512 EWHAT"]);
  expect(runNode("readAt(0, 512);").signal).toBe("SIGABRT");
});

it("is not in this process", () => {
  const fd = openSync(file, "r");
  expect(readSync(fd, Buffer.alloc(512), 0, 512, BAD)).toBe(512);
  closeSync(fd);
});

describe("names", () => {
  it.each([
    ["link", "fs.linkSync(file, file + '.new')"],
    ["rename", "fs.renameSync(file, file + '.new')"],
    ["unlink", "fs.writeFileSync(file + '.new', ''); fs.unlinkSync(file + '.new')"],
  ])("%s fails, or ends the process before it is done", (_call, script) => {
    faults.set(["name disk.img.new EIO"]);
    expect(runNode(`say(attempt(() => { ${script} }))`).said).toEqual(["EIO"]);
    faults.set(["name disk.img.new KILL"]);
    expect(runNode(script).signal).toBe("SIGKILL");
    expect(statSync(file).size).toBe(SIZE);
  });
});
