import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { debianDisk, type Fixture } from "../fixtures/debian-disk.ts";
import { largeDebian, type RootKind } from "../fixtures/large-debian.ts";
import { boot } from "./boot-fixture.ts";

const GIB = 2 ** 30;
const LIFEBOAT = resolve(import.meta.dirname, "../../lifeboat");
const KINDS: readonly RootKind[] = ["ext4", "xfs", "btrfs"];
const DISKS = [
  { size: 5 * GIB, how: "shrink" },
  { size: 40 * GIB, how: "fill" },
];

/** A disk of 20 GiB of which 3 are used, to one that is far smaller and to one that is far larger. */
describe.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1").each(KINDS)("Debian on %s", (kind) => {
  let fixture: Fixture;
  let folder: string;
  let image: string;
  let before: Awaited<ReturnType<typeof boot>>;

  const lifeboat = (...args: string[]): string =>
    execFileSync(LIFEBOAT, args, { encoding: "utf8", env: { ...process.env, LIFEBOAT_STATE: join(folder, "state") } });

  beforeAll(async () => {
    fixture = await debianDisk();
    const out = resolve(import.meta.dirname, "../../out");
    await mkdir(out, { recursive: true });
    folder = await mkdtemp(join(out, "large-"));
    const disk = await largeDebian(folder, fixture, kind);
    image = join(folder, "large.lbi");
    lifeboat("capture", disk, "--to", image, "--no-verify");
    before = await boot(disk, "uefi", "virtio");
    expect(before.failedUnits).toBe("");
    await rm(disk);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(DISKS)("starts from a disk of $size bytes, with every file", async ({ size, how }) => {
    const target = join(folder, `${how}.raw`);
    await writeFile(target, "");
    await truncate(target, size);
    lifeboat("restore", image, "--to", target, "--yes-erase", target, "--layout", how);
    const after = await boot(target, "uefi", "virtio");
    expect(after.failedUnits).toBe("");
    expect(after.root).toBe(before.root);
    expect(after.swap).toBeGreaterThan(2 ** 20);
    expect(after.digests).toEqual(before.digests);
    await rm(target);
  });
});
