import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { type KernelModules, readKernelModules } from "#imaging/preflight/content/linux/kernel-modules.ts";
import { underscored } from "#imaging/preflight/content/linux/module-aliases.ts";
import { type MachineRecording, recording } from "#test/doubles/machine-tree.ts";
import { ROOT } from "#test/fixtures/debian/layout.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { type Mount, mountRange } from "#test/fixtures/mount-partition.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL } from "#test/sample.ts";

let root: Mount;
let version: string;
let modules: KernelModules;
beforeAll(async () => {
  root = await mountRange((await debianDisk()).disk, "ext4", ROOT, { readOnly: true });
  [version = ""] = await readdir(join(root.path, "usr/lib/modules"));
  modules = (await readKernelModules(systemTree(root.path), version)) as KernelModules;
});
afterAll(() => root[Symbol.asyncDispose]());

/** What kmod finds for each of these names, a set for each. */
async function byKmod(names: readonly string[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const name of names) {
    const args = ["--dirname", root.path, "--set-version", version, "--config", "/dev/null", "--resolve-alias", name];
    const { stdout } = await runTool("modprobe", args, { accept: [0, 1] });
    found.push([...new Set(stdout.split("\n").filter(Boolean).map(underscored))].sort());
  }
  return found;
}

const ours = (name: string): string[] =>
  [...new Set([...modules.aliases.modulesFor(name), ...modules.builtinAliases.modulesFor(name)])].sort();

const modaliases = (files: MachineRecording): string[] =>
  Object.entries(files).flatMap(([path, content]) =>
    path.endsWith("/modalias") && typeof content === "string" ? [content.trim()] : [],
  );

test("for every device of the recorded machines, what kmod finds is found", async () => {
  const machines = ["qemu-ahci", "qemu-nvme-secure-boot", "qemu-virtio", "qemu-megasas", "laptop-vmd"];
  const names = [...new Set(machines.flatMap((name) => modaliases(recording(name))))];
  expect(names.length).toBeGreaterThan(20);
  const wanted = await byKmod(names);
  expect(wanted.filter((list) => list.length > 0).length).toBeGreaterThan(15);
  for (const [i, name] of names.entries()) expect([name, ours(name)]).toEqual([name, wanted[i]]);
});

/** A name that a pattern fits: each star, mark and bracket becomes something that it stands for. */
const instance = (pattern: string, at: number): string =>
  pattern
    .replace(/\[([^\]]*)\]/g, (_, set: string) => set[0] ?? "")
    .replace(/\*/g, ["", "00000001", "zz"][at % 3] ?? "")
    .replace(/\?/g, "7");

test("for names made of the kernel's own patterns too", async () => {
  const text = await readFile(join(root.path, "usr/lib/modules", version, "modules.alias"), "utf8");
  const patterns = text.split("\n").flatMap((line) => /^alias (\S+:\S+) /.exec(line)?.[1] ?? []);
  expect(patterns.length).toBeGreaterThan(20_000);
  const step = FULL ? 25 : 400;
  const names = patterns.filter((_, i) => i % step === 0).map(instance);
  const wanted = await byKmod(names);
  expect(wanted.every((list) => list.length > 0)).toBe(true);
  for (const [i, name] of names.entries()) expect([name, ours(name)]).toEqual([name, wanted[i]]);
});
