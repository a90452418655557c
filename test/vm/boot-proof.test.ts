import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openImage } from "#imaging/image/image-reader.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { BootProof, ProofRequest } from "#imaging/prove/boot-proof.ts";
import { proveBoot } from "#imaging/prove/prove-boot.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { full } from "#test/sample.ts";
import { debianDisk } from "../fixtures/debian-disk.ts";
import { type Breakage, brokenCopy } from "./break-disk.ts";
import { scope } from "./scope.ts";

const OUT = resolve(import.meta.dirname, "../../out");
const signal = new AbortController().signal;

let scratch: string;
let disk: string;
beforeAll(async () => {
  ({ disk } = await debianDisk());
  await mkdir(OUT, { recursive: true });
  scratch = await mkdtemp(join(OUT, "proof-"));
});
afterAll(() => rm(scratch, { recursive: true }));

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** A proof of a disk that is the same afterwards, to the bit. Its report stays in out/vm. */
async function prove(name: string, file: string, request: Omit<ProofRequest, "source">): Promise<BootProof> {
  const before = await hashOf(file);
  const reportFolder = join(OUT, "vm", `proof-${name.replaceAll(" ", "-")}`);
  const source = { disk: await findDisk(file) };
  const proof = await proveBoot({ emulate: true, memoryMiB: 768, reportFolder, ...request, source }, { signal });
  console.log(`${name}: ${proof.verdict} after ${proof.seconds.toFixed(0)} s: ${proof.reason}`);
  expect(await hashOf(file)).toBe(before);
  return proof;
}

const good = [
  ["bios", "ahci"],
  ["uefi", "virtio"],
  ["bios", "nvme"],
  ["uefi", "usb"],
] as const;

describe("the Debian fixture", () => {
  it.each(scope({ sample: [], all: good }))("starts with %s from %s", async (firmware, bus) => {
    const proof = await prove(`good ${firmware} ${bus}`, disk, { firmware, bus });
    expect(proof).toMatchObject({ verdict: "up", reached: "up", firmware, bus, system: { host: "fixture" } });
    expect(proof.system?.login).toContain("getty@tty1.service");
    expect(proof.system?.failed).toEqual([]);
    expect(proof.writtenBytes).toBeGreaterThan(4096);
  });

  full("starts from a point of a repository, which is not restored for that", async () => {
    const repository = join(scratch, "repository");
    await lifeboatJson("repo", "init", repository);
    await lifeboatJson("capture", disk, "--to", repository, "--no-verify");
    const [point] = await lifeboatJson<readonly { path: string }[]>("image", "list", repository);
    const image = await openImage(point?.path ?? "");
    const proof = await proveBoot({ source: { image }, emulate: true, memoryMiB: 768, firmware: "uefi" }, { signal });
    expect(proof).toMatchObject({ verdict: "up", firmware: "uefi", bus: "ahci", system: { host: "fixture" } });
  });
});

type Case = readonly [Breakage, Omit<ProofRequest, "source">, Partial<BootProof>, RegExp];
const broken: readonly Case[] = [
  [
    "no kernel",
    { firmware: "bios" },
    { verdict: "no-kernel", cause: "kernel-missing", reached: "boot-loader" },
    /file `\/boot\/vmlinuz-.*' not found/,
  ],
  [
    "no boot code",
    { firmware: "bios" },
    { verdict: "no-boot-loader", cause: "nothing-to-start", reached: "firmware" },
    /^$/,
  ],
  [
    "empty ESP",
    { firmware: "uefi" },
    { verdict: "no-boot-loader", cause: "nothing-to-start", reached: "firmware" },
    /Shell>/,
  ],
  [
    "new root UUID",
    { firmware: "bios" },
    { verdict: "boot-loader", cause: "loader-lost-root" },
    /no such device: 4c494645-0001/,
  ],
  ["new root UUID", { firmware: "uefi" }, { verdict: "boot-loader" }, /./],
  [
    "wrong root in grub.cfg",
    { firmware: "bios" },
    { verdict: "initramfs", cause: "wrong-root", reached: "initramfs" },
    /ALERT! +UUID=deadbeef-0001-4000-8000-000000000003 does not exist/,
  ],
  [
    "NVMe drivers only",
    { firmware: "bios", bus: "ahci" },
    { verdict: "initramfs", cause: "missing-driver", reached: "initramfs" },
    /ALERT! +UUID=4c494645-0001-4000-8000-000000000003 does not exist/,
  ],
  ["NVMe drivers only", { firmware: "uefi", bus: "nvme" }, { verdict: "up" }, /fixture, running/],
  [
    "no initramfs",
    { firmware: "bios" },
    { verdict: "initramfs", cause: "initramfs-missing", reached: "kernel" },
    /unknown-block/,
  ],
  [
    "unknown file system in fstab",
    { firmware: "bios" },
    { verdict: "root", cause: "emergency", reached: "root" },
    /Timed out waiting for device/,
  ],
  ["no fallback loader", { firmware: "uefi" }, { verdict: "up" }, /fixture, running/],
];

describe("a broken copy of it", () => {
  full.each(broken)("%s, %j", async (how, request, expected, evidence) => {
    const copy = await brokenCopy(disk, how, join(scratch, "broken.raw"));
    const proof = await prove(`${how} ${Object.values(request).join(" ")}`, copy, request);
    expect(proof).toMatchObject(expected);
    expect(proof.evidence ?? "").toMatch(evidence);
    const inPlace = proof.warnings.some((text) => text.startsWith("EFI/debian/shimx64.efi was started as an entry"));
    expect(inPlace).toBe(how === "no fallback loader");
  });
});
