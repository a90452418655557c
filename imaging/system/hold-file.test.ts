import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdName } from "#imaging/system/hold-file.ts";

let folder: string;
let name: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-hold-"));
  name = join(folder, "a.lbi");
});
afterEach(() => rmSync(folder, { recursive: true }));

const MODULE = new URL("./hold-file.ts", import.meta.url).href;
const start = (script: string, options: { detached?: boolean } = {}): ChildProcess =>
  spawn(process.execPath, ["--input-type=module", "-e", script, MODULE, name], {
    ...options,
    stdio: ["ignore", "pipe", "inherit"],
  });
const output = (child: ChildProcess) => once(child.stdout as NodeJS.ReadableStream, "data").then(String);

/** The lock files of what is in our folder. */
const locks = () => {
  const { dev, ino } = statSync(folder);
  return readdirSync("/run/lock").filter((file) => file.startsWith(`lifeboat-${dev}-${ino}`));
};

const HOLDER = `
  const { holdName } = await import(process.argv[1]);
  process.on("SIGINT", () => console.log("interrupted"));
  const hold = await holdName(process.argv[2]);
  console.log("held");
  setInterval(() => hold, 1000);`;

test("Ctrl+C at the terminal does not take the lock from a job that is still tidying up; its end does", async () => {
  const holder = start(HOLDER, { detached: true });
  try {
    expect(await output(holder)).toBe("held\n");
    process.kill(-(holder.pid as number), "SIGINT"); // the whole group, as a terminal does
    expect(await output(holder)).toBe("interrupted\n");
    await expect(holdName(name)).rejects.toMatchObject({ code: "JOB_BUSY" });
    holder.kill("SIGKILL");
    await using _hold = await holdName(name);
  } finally {
    holder.kill("SIGKILL");
  }
  expect(locks()).toEqual([]);
});

/** Takes the lock again and again, and ends with 1 when another one is inside at the same time. */
const CONTENDER = `
  import { closeSync, openSync, unlinkSync } from "node:fs";
  const { holdName } = await import(process.argv[1]);
  const inside = process.argv[2] + ".inside";
  for (let round = 0; round < 12; ) {
    try {
      await using hold = await holdName(process.argv[2]);
      closeSync(openSync(inside, "wx"));
      await new Promise((resolve) => setTimeout(resolve, 2));
      unlinkSync(inside);
      round++;
    } catch (error) {
      if (error.code !== "JOB_BUSY") throw error;
    }
  }`;

test("processes that take turns are never inside together, though each removes the lock file; none is left", async () => {
  const contenders = [1, 2, 3].map(() => start(CONTENDER));
  const ends = await Promise.all(contenders.map((child) => once(child, "close")));
  expect(ends.map(([status]) => status)).toEqual([0, 0, 0]);
  expect(locks()).toEqual([]);
});

test("no password in our environment reaches the tool that locks", async () => {
  vi.stubEnv("LIFEBOAT_PASSWORD", "secret");
  try {
    await using _hold = await holdName(name);
    const busy = holdName(name).catch(({ code }: { code: string }) => code);
    const own = `/proc/${process.pid}/task`;
    const children = () =>
      readdirSync(own).flatMap((task) => readFileSync(`${own}/${task}/children`, "utf8").split(" ").filter(Boolean));
    const environments = () =>
      children().flatMap((pid) => {
        const isLocking = readFileSync(`/proc/${pid}/comm`, "utf8") === "flock\n";
        return isLocking ? [readFileSync(`/proc/${pid}/environ`, "utf8")] : [];
      });
    await expect.poll(environments).toHaveLength(1);
    expect(environments().join()).not.toContain("secret");
    expect(await busy).toBe("JOB_BUSY");
  } finally {
    vi.unstubAllEnvs();
  }
});
