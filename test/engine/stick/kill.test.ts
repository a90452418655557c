import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FULL } from "#test/sample.ts";
import { filesOf, firmwareView, isSameCore, isSameSet } from "./firmware-view.ts";
import { type SampleSystem, sampleSystem } from "./sample-system.ts";
import { StickFolder } from "./stick-folder.ts";

const STICK = 1280 << 20;
const KILLS = FULL ? 60 : 8;
const PROGRAM = join(import.meta.dirname, "update-program.ts");

let folder: StickFolder;
let versions: SampleSystem[] = [];
beforeAll(async () => {
  folder = await StickFolder.make();
  versions = await Promise.all([1, 2].map((minor) => sampleSystem(folder.path, minor)));
  for (const { system, tree } of versions) {
    const [core, boot] = [system.grub.core, system.grub.boot].map((bytes) => Buffer.from(bytes).toString("base64"));
    await writeFile(join(folder.path, `${system.info.id}.json`), JSON.stringify({ tree, system, core, boot }));
  }
});
afterAll(() => folder?.[Symbol.asyncDispose]());

/** @param wait milliseconds from the end of its plan to its end by SIGKILL; undefined lets it end. @returns how long it ran behind that */
async function update(stick: string, { system }: SampleSystem, wait: number | undefined): Promise<number> {
  const sample = join(folder.path, `${system.info.id}.json`);
  const child = spawn(process.execPath, [PROGRAM, folder.path, sample, stick], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  const began = performance.now();
  if (wait !== undefined) {
    await Promise.race([sleep(wait), ended]);
    child.kill("SIGKILL");
  }
  const [status] = await ended;
  if (wait === undefined) expect(status).toBe(0);
  await rm(join(folder.path, `scratch-${child.pid}-1`), { recursive: true, force: true });
  await rm(join(folder.path, `scratch-${child.pid}-2`), { recursive: true, force: true });
  return performance.now() - began;
}

test("an update that is killed, again and again, leaves all of one of both systems", async () => {
  const stick = await folder.blank("killed.img", STICK);
  await folder.make(versions[0] as SampleSystem, stick);
  const known = await Promise.all(versions.map(async (one) => ({ one, files: await filesOf(one.tree) })));
  const seconds = await update(stick, versions[1] as SampleSystem, undefined);
  let current = 1;
  for (let i = 0; i < KILLS; i++) {
    // Always to the other one: most kills come while it is written.
    await update(stick, versions[1 - current] as SampleSystem, Math.random() * seconds * 1.1);
    const { files, core } = await firmwareView(stick);
    current = known.findIndex((version) => isSameSet(files, version.files));
    expect(current, `kill ${i + 1}`).toBeGreaterThanOrEqual(0);
    expect(versions.some(({ system }) => core && isSameCore(core, system.grub.core))).toBe(true);
  }
  await update(stick, versions[1 - current] as SampleSystem, undefined);
  expect(isSameSet((await firmwareView(stick)).files, known[1 - current]?.files ?? new Map())).toBe(true);
});
