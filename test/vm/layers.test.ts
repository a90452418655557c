import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LvmDebian, lvmDebian } from "../fixtures/lvm-debian.ts";
import { boot } from "./boot-fixture.ts";

const MIB = 2 ** 20;
const LIFEBOAT = resolve(import.meta.dirname, "../../lifeboat");
const DISKS = [
  { what: "smaller", size: 1800 * MIB, how: "shrink" },
  { what: "larger", size: 4000 * MIB, how: "fill" },
];
const SYSTEMS = [
  { system: "in LVM, with /boot", kind: "whole", disks: DISKS },
  { system: "in LVM in LUKS", kind: "encrypted", disks: DISKS },
  { system: "in LVM, beside /boot", kind: "boot-beside", disks: [] },
] as const;
/** Each takes minutes to build, and as long to start under emulation. */
describe.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1").each(SYSTEMS)("Debian $system", ({ kind, disks }) => {
  let folder: string;
  let debian: LvmDebian;
  let image: string;
  let before: Awaited<ReturnType<typeof boot>>;

  beforeAll(async () => {
    const out = resolve(import.meta.dirname, "../../out");
    await mkdir(out, { recursive: true });
    folder = await mkdtemp(join(out, "layers-"));
    debian = await lvmDebian(folder, kind);
    image = join(folder, "lvm.lbi");
    lifeboat("capture", debian.disk, "--to", image, "--no-verify", ...debian.unlock);
    before = await boot(debian.disk, "bios", "virtio");
    expect(before.failedUnits).toBe("");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const lifeboat = (...args: string[]): string =>
    execFileSync(LIFEBOAT, args, { encoding: "utf8", env: { ...process.env, LIFEBOAT_STATE: join(folder, "state") } });

  it.each(disks)("starts from a $what disk, with every file", async ({ what, size, how }) => {
    const target = join(folder, `${what}.raw`);
    await writeFile(target, "");
    await truncate(target, size);
    lifeboat("restore", image, "--to", target, "--yes-erase", target, "--layout", how, ...debian.unlock);
    const after = await boot(target, "bios", "virtio");
    expect(after.failedUnits).toBe("");
    expect(after.root).toBe(before.root);
    expect(after.swap).toBeGreaterThan(MIB);
    expect(after.digests).toEqual(before.digests);
    await rm(target);
  });

  // Where GRUB itself reads the group, its core image names it: that is for a boot repair to tell.
  it.skipIf(kind === "whole")("as a clone beside its source: each uses only its own volumes", async () => {
    const target = join(folder, "clone.raw");
    await writeFile(target, "");
    await truncate(target, 3000 * MIB);
    lifeboat("clone", debian.disk, "--to", target, "--yes-erase", target, ...debian.unlock);
    const copy = await boot(target, "bios", "virtio", { beside: debian.disk });
    const source = await boot(debian.disk, "bios", "virtio", { beside: target });
    expect(copy.root).not.toBe(before.root);
    expect(source.root).toBe(before.root);
    for (const one of [copy, source]) {
      expect(one.failedUnits).toBe("");
      expect(one.swap).toBeGreaterThan(MIB);
      // Root, data, /boot, swap.
      expect(/FIXTURE-DISKS (.*)\n/.exec(one.text)?.[1]).toBe("vda vda vda vda");
    }
    expect(source.digests).toEqual(before.digests);
    // Of the copy's root only what names its volumes differs.
    expect({ ...copy.digests, root: "" }).toEqual({ ...before.digests, root: "" });
    await rm(target);
  });
});
