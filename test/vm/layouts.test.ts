import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkDisk } from "../fixtures/check-disk.ts";
import { debianDisk, type Fixture } from "../fixtures/debian-disk.ts";
import { mountRange } from "../fixtures/mount-partition.ts";
import { findPartition } from "../fixtures/partitions.ts";
import { runTool } from "../fixtures/run-tool.ts";
import { boot } from "./boot-fixture.ts";
import { scope } from "./scope.ts";

const MIB = 2 ** 20;
const LIFEBOAT = resolve(import.meta.dirname, "../../lifeboat");
let fixture: Fixture;
let folder: string;
let image: string;

beforeAll(async () => {
  fixture = await debianDisk();
  const out = resolve(import.meta.dirname, "../../out");
  await mkdir(out, { recursive: true });
  folder = await mkdtemp(join(out, "layouts-"));
  image = join(folder, "debian.lbi");
  lifeboat("capture", fixture.disk, "--to", image, "--no-verify");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lifeboat = (...args: string[]): string =>
  execFileSync(LIFEBOAT, args, { encoding: "utf8", env: { ...process.env, LIFEBOAT_STATE: join(folder, "state") } });

async function blank(name: string, size: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, "");
  await truncate(path, size);
  return path;
}

interface Case {
  readonly what: string;
  readonly size: number;
  readonly args: readonly string[];
  readonly from: "image" | "disk";
  readonly boots: readonly (readonly ["bios" | "uefi", "virtio" | "ahci"])[];
}

const CASES: readonly Case[] = [
  {
    what: "a smaller disk",
    size: 2300 * MIB,
    args: ["--layout", "shrink"],
    from: "image",
    boots: [
      ["uefi", "virtio"],
      ["bios", "ahci"],
    ],
  },
  {
    what: "a larger disk",
    size: 9000 * MIB,
    args: ["--layout", "fill"],
    from: "image",
    boots: [
      ["bios", "ahci"],
      ["uefi", "virtio"],
    ],
  },
  // Legacy code looks for its next stage in a partition that an MBR has no use for: boot repair is another step.
  {
    what: "an MBR with logical partitions",
    size: 4200 * MIB,
    args: ["--table", "mbr"],
    from: "image",
    boots: [["uefi", "virtio"]],
  },
  {
    what: "a clone on a disk of another size",
    size: 2600 * MIB,
    args: ["--layout", "shrink", "--keep-ids"],
    from: "disk",
    boots: [["bios", "ahci"]],
  },
];

describe.each(scope({ sample: CASES.slice(0, 1), all: CASES }))(
  "Debian on $what",
  ({ what, size, args, from, boots }) => {
    it("has every file, is clean to the tools, and starts", async () => {
      const target = await blank(`${what.replaceAll(" ", "-")}.raw`, size);
      const source = from === "image" ? ["restore", image] : ["clone", fixture.disk];
      lifeboat(...source, "--to", target, "--yes-erase", target, ...args);
      if (!args.includes("mbr")) await checkDisk(target);
      for (const [firmware, bus] of scope({ sample: boots.slice(0, 1), all: boots })) {
        const said = await boot(target, firmware, bus);
        expect(said.firmware).toBe(firmware);
        expect(said.failedUnits).toBe("");
        expect(said.swap).toBeGreaterThan(MIB);
        expect(said.digests).toEqual(fixture.digests);
      }
      await rm(target);
    });
  },
);

const full = it.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

full("a clone beside its source: each starts from its own disk, and uses nothing of the other one", async () => {
  const target = await blank("twin.raw", 4300 * MIB);
  lifeboat("clone", fixture.disk, "--to", target, "--yes-erase", target);
  await checkDisk(target);
  const copy = await boot(target, "uefi", "virtio", { beside: fixture.disk });
  const source = await boot(fixture.disk, "uefi", "virtio", { beside: target });
  expect(copy.root).not.toBe(source.root);
  for (const one of [copy, source]) {
    expect(one.failedUnits).toBe("");
    expect(one.devices.length).toBeGreaterThanOrEqual(5);
    for (const device of one.devices) expect(device).toMatch(/^\/dev\/vda\d$/);
  }
  expect(source.digests).toEqual(fixture.digests);
  // Of the copy's root only what names its partitions differs.
  expect({ ...copy.digests, root: "" }).toEqual({ ...fixture.digests, root: "" });
  await rm(target);
});

full("from sectors of 512 bytes to those of 4096 and back: it starts from each, with every file", async () => {
  const source = await blank("small-sectors.raw", 0);
  await runTool("cp", ["--sparse=always", fixture.disk, source]);
  const root = await findPartition(source, fixture.partitions.root);
  {
    // Windows reads an NTFS only on the sectors that it was made for: it stays behind.
    await using mounted = await mountRange(source, "ext4", root, { readOnly: false });
    const fstab = join(mounted.path, "etc/fstab");
    const lines = (await readFile(fstab, "utf8")).split("\n").filter((line) => !line.includes("ntfs"));
    await writeFile(fstab, lines.join("\n"));
  }
  const chosen = [fixture.partitions.esp, fixture.partitions.root, fixture.partitions.swap, fixture.partitions.fat];
  const only = chosen.flatMap((number) => ["--partition", String(number)]);
  const large = await blank("large-sectors.raw", 5000 * MIB);
  const back = await blank("small-again.raw", 5000 * MIB);
  const image = (name: string) => join(folder, `${name}.lbi`);
  lifeboat("capture", source, "--to", image("small"), "--no-verify");
  lifeboat("restore", image("small"), "--to", large, "--yes-erase", large, "--sector-size", "4096", ...only);
  lifeboat("capture", large, "--to", image("large"), "--no-verify");
  lifeboat("restore", image("large"), "--to", back, "--yes-erase", back, "--sector-size", "512");
  const before = await boot(source, "uefi", "virtio");
  for (const [disk, sectorSize] of [
    [large, 4096],
    [back, 512],
  ] as const) {
    const said = await boot(disk, "uefi", "virtio", { sectorSize });
    expect(said.failedUnits).toBe("");
    expect(said.swap).toBeGreaterThan(MIB);
    expect({ ...said.digests, ntfs: "" }).toEqual({ ...before.digests, ntfs: "" });
  }
});
