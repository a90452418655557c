import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { buildStage, hashInputs } from "./stage.ts";
import { stoppable } from "./stop.ts";
import { runTool } from "./tool.ts";

let workDir = "";
let builds = 0;
const quiet = () => {};

const build = (inputs: string[]) =>
  buildStage(
    workDir,
    {
      name: "layer",
      inputs,
      build: async (folder) => {
        builds++;
        await writeFile(join(folder, "content"), inputs.join());
      },
    },
    quiet,
  );

beforeEach(async () => {
  workDir = await mkdtemp(join(tmpdir(), "lifeboat-stage-"));
  builds = 0;
});

test("the same recipe is built once, another one anew", async () => {
  const first = await build(["a"]);
  const second = await build(["a"]);
  expect([first.reused, second.reused, builds]).toEqual([false, true, 1]);
  expect(second.path).toBe(first.path);
  const other = await build(["b"]);
  expect(await readFile(join(other.path, "content"), "utf8")).toBe("b");
  expect(builds).toBe(2);
});

test("a build that fails leaves nothing that passes for its result", async () => {
  const failing = { name: "layer", inputs: ["a"], build: () => Promise.reject(new Error("killed")) };
  await expect(buildStage(workDir, failing, quiet)).rejects.toThrow("killed");
  expect(await readdir(workDir)).toEqual([]);
  expect((await build(["a"])).reused).toBe(false);
});

test("a build that is stopped ends its tools, also what they started, and leaves nothing", async () => {
  const stop = new AbortController();
  const pidFile = join(workDir, "pid");
  const script = `sh -c 'echo $$ >${pidFile}; exec sleep 600' & wait`;
  const hanging = {
    name: "layer",
    inputs: ["a"],
    build: async (folder: string) => {
      await writeFile(join(folder, "half"), "");
      await runTool("sh", ["-c", script], { purpose: "hang" });
    },
  };
  const built = stoppable(stop.signal, () => buildStage(workDir, hanging, quiet));
  const refused = expect(built).rejects.toMatchObject({ code: "CANCELLED" });
  await expect.poll(() => readFile(pidFile, "utf8").catch(() => "")).toMatch(/\d\n/);
  const pid = Number(await readFile(pidFile, "utf8"));
  stop.abort();
  await refused;
  expect(await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).toBe(""); // gone, or dead and not yet reaped
  expect(await readdir(workDir)).toEqual(["pid"]);
});

test("what a killed build left is removed by the next one, what a living build writes is not", async () => {
  const dead = join(workDir, "layer-0000000000000000.unfinished-4194305"); // above the largest process id
  const alive = join(workDir, `root-0000000000000000.unfinished-${process.pid}`);
  for (const folder of [dead, alive]) await mkdir(folder);
  await build(["a"]);
  expect((await readdir(workDir)).filter((name) => name.includes("unfinished"))).toEqual([
    alive.slice(workDir.length + 1),
  ]);
});

test("only the results used last are kept", async () => {
  for (const input of ["a", "b", "c"]) await build([input]);
  expect(await readdir(workDir)).toHaveLength(2);
  expect((await build(["c"])).reused).toBe(true);
});

test("inputs do not run into each other", () => {
  expect(hashInputs(["ab", "c"])).not.toBe(hashInputs(["a", "bc"]));
});

test("what is built has the usual modes, and the process its umask again", async () => {
  const before = process.umask(0o077);
  try {
    const deep = (name: string) => ({
      ...{ name, inputs: [name] },
      build: async (folder: string) => void (await mkdir(join(folder, "etc/deep"), { recursive: true })),
    });
    const stages = await Promise.all(["one", "two"].map((name) => buildStage(workDir, deep(name), quiet)));
    for (const { path } of stages)
      for (const folder of [path, join(path, "etc"), join(path, "etc/deep")])
        expect((await stat(folder)).mode & 0o777).toBe(0o755);
    expect(process.umask()).toBe(0o077);
  } finally {
    process.umask(before);
  }
});
