import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { processIdentity } from "#imaging/system/process-identity.ts";
import { measure } from "./measure.ts";
import { cachedBytes } from "./page-cache.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-measure-"));
afterAll(() => rmSync(folder, { recursive: true }));
const never = new AbortController().signal;

test("memory of processes that run side by side adds up", async () => {
  // Each of the two holds 60 MiB, longer than either takes to start.
  const holds = `python3 -c "import time; held = b'x' * (60 << 20); time.sleep(3)"`;
  const { rssMiB, wallSeconds } = await measure(`${holds} & ${holds}; wait`, [], never);
  expect(rssMiB).toBeGreaterThan(120);
  expect(wallSeconds).toBeGreaterThanOrEqual(3);
});

test("CPU time is of all processes of a pipeline", async () => {
  const spins = `python3 -c "import time\nwhile time.process_time() < 0.4: pass"`;
  const { cpuSeconds } = await measure(`${spins} | ${spins}`, [], never);
  expect(cpuSeconds).toBeGreaterThanOrEqual(0.8);
});

test("a failure anywhere in a pipeline is one", async () => {
  const command = "bash -c 'echo it broke >&2; exit 3' | cat";
  await expect(measure(command, [], never)).rejects.toThrow(/status 3: it broke/);
});

test("what is stopped leaves no process behind", async () => {
  const stop = new AbortController();
  const pid = join(folder, "pid");
  setTimeout(() => stop.abort(new Error("enough")), 500);
  await expect(measure(`echo $BASHPID > ${pid}; sleep 60 | sleep 60`, [], stop.signal)).rejects.toThrow("enough");
  // The signal was sent; a loaded machine takes a moment to deliver it.
  await expect.poll(() => processIdentity(Number(readFileSync(pid, "utf8"))), { timeout: 10_000 }).toBeUndefined();
});

test("what a run leaves in the page cache is counted, in files and folders", async () => {
  const files = join(folder, "written");
  await measure(
    `mkdir ${files}; head -c 3M /dev/urandom > ${files}/a; head -c 2M /dev/urandom > ${files}/b`,
    [files],
    never,
  );
  expectAbout(await cachedBytes([files]), 5 << 20);
  expectAbout(await cachedBytes([join(files, "a")]), 3 << 20);
  await measure(`rm ${files}/a; truncate -s 3M ${files}/a`, [files], never);
  expectAbout(await cachedBytes([files]), 2 << 20);
});

/** The kernel may have taken a few pages back. */
function expectAbout(bytes: number, written: number): void {
  expect(bytes).toBeLessThanOrEqual(written);
  expect(bytes).toBeGreaterThan(written - (256 << 10));
}
