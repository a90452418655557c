import { createHash } from "node:crypto";
import { cpSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBytes, slice } from "#imaging/device/block-device.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { containerDriver } from "#imaging/volume/containers.ts";
import { mapVolume } from "#imaging/volume/map-volume.ts";
import { copyMapped, emptyImage, fileVolume, partcloneExtents, run, scratch } from "../filesystem/volume-image.ts";
import { leftInMemory } from "./left-in-memory.ts";
import * as make from "./luks-volume.ts";

const MIB = 1 << 20;
const utf8 = (text: string) => new TextEncoder().encode(text);
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";

let folder: ReturnType<typeof scratch>;
const plain = { ext4: "", ntfs: "" };
beforeAll(() => {
  folder = scratch();
  plain.ext4 = make.makeFilesystem("ext4", join(folder.path, "ext4"));
  plain.ntfs = make.makeFilesystem("ntfs", join(folder.path, "ntfs"));
});
afterAll(() => folder[Symbol.dispose]());

async function map(image: string, keys: readonly Uint8Array[]) {
  using volume = fileVolume(image);
  return await mapVolume(volume, await detectFilesystem(volume), { keys });
}

const CASES: readonly (make.LuksOptions & { readonly filesystem: "ext4" | "ntfs" })[] = [
  { filesystem: "ext4", version: 2, cipher: "aes-xts-plain64", keySize: 512, sectorSize: 4096 },
  { filesystem: "ntfs", version: 2, cipher: "aes-xts-plain64", keySize: 256, sectorSize: 512 },
  { filesystem: "ext4", version: 1, cipher: "aes-cbc-essiv:sha256", keySize: 256 },
  ...(FULL
    ? ([
        { filesystem: "ext4", version: 2, cipher: "aes-xts-plain64", keySize: 512, sectorSize: 1024 },
        { filesystem: "ext4", version: 2, cipher: "aes-xts-plain64", keySize: 256, sectorSize: 2048 },
        { filesystem: "ext4", version: 2, cipher: "aes-cbc-essiv:sha256", keySize: 128, sectorSize: 4096 },
        { filesystem: "ntfs", version: 1, cipher: "aes-xts-plain64", keySize: 512 },
        { filesystem: "ext4", version: 1, cipher: "aes-xts-plain", keySize: 256 },
        { filesystem: "ext4", version: 1, cipher: "aes-cbc-plain64", keySize: 192 },
        { filesystem: "ntfs", version: 1, cipher: "aes-cbc-plain", keySize: 256 },
      ] as const)
    : []),
];

describe.each(CASES)("LUKS$version, $cipher with $keySize bits in sectors of $sectorSize: $filesystem", (options) => {
  const source = () => plain[options.filesystem];
  let image: string;
  beforeAll(() => {
    image = make.encrypt(source(), join(folder.path, `volume-${CASES.indexOf(options)}`), options);
  });

  it("is mapped by what is inside, and a restore of that much is whole", async () => {
    using place = scratch();
    const used = await map(image, [utf8("first")]);
    expect(used).toMatchObject({ mode: "used-blocks", notes: [] });
    const kind = options.filesystem === "ext4" ? "extfs" : "ntfs";
    const inside = partcloneExtents(kind, source()).map(({ start, end }) => [start + make.HEADER, end + make.HEADER]);
    const found = [...used.extents].flatMap(({ start, end }) => [[start, end]] as const);
    // The header joins what follows it; NTFS has a last cluster that only its tail holds.
    expect(found[0]?.[0]).toBe(0);
    for (const [start = 0, end = 0] of inside)
      expect(found.some(([from, to]) => from <= start && end <= to)).toBe(true);
    const known = inside.reduce((sum, [start = 0, end = 0]) => sum + end - start, make.HEADER);
    expect(used.extents.bytes).toBeLessThanOrEqual(known + 8192);

    const copy = copyMapped(image, used.extents, join(place.path, "copy"));
    cpSync(`${image}.key`, `${copy}.key`);
    expect(readFileSync(copy).subarray(0, make.HEADER).equals(readFileSync(image).subarray(0, make.HEADER))).toBe(true);
    expect(run("cryptsetup", "luksDump", copy).replaceAll(copy, "")).toBe(
      run("cryptsetup", "luksDump", image).replaceAll(image, ""),
    );
    const restored = make.decrypt(copy, readFileSync(source()).length);
    expect(make.checkFilesystem(options.filesystem, restored)).toMatchObject({ status: 0 });
    const files = make.readFiles(restored);
    expect(Object.keys(files).length).toBeGreaterThan(30);
    expect(files).toEqual(make.readFiles(source()));
    expect(leftInMemory()).toEqual([]);
  });

  it("shows its plain content at any place and length", async () => {
    using volume = fileVolume(image);
    const opened = await containerDriver("crypto_LUKS")?.open(volume, filesystem, { keys: [utf8("first")] });
    if (!opened || "reason" in opened) throw new Error("not opened");
    const device = opened.inner[0]?.device;
    if (!device) throw new Error("nothing inside");
    const expected = readFileSync(source());
    expect(device.size).toBe(expected.length);
    for (const [at, length] of [
      [0, 1],
      [511, 2],
      [4095, 4098],
      [5 * MIB - 7, 2 * MIB + 13],
      [16 * MIB - 5, 5],
    ] as const)
      expect(Buffer.from(await readBytes(device, at, length)).equals(expected.subarray(at, at + length))).toBe(true);
    await expect(readBytes(device, device.size - 1, 2)).rejects.toThrow("READ_SHORT");
  });
});

const filesystem = {
  type: "crypto_LUKS",
  uuid: undefined,
  label: undefined,
  blockSize: 512,
  size: 0,
  warnings: [],
} as const;

describe("keys", () => {
  let image: string;
  const keyFile = Uint8Array.from({ length: 4096 }, (_, i) => (i * 37 + (i >> 4)) & 0xff);
  beforeAll(() => {
    image = make.encrypt(plain.ext4, join(folder.path, "keys"), { key: "first" });
    make.addKey(image, "zweiter Schlüssel 鍵");
    make.addKey(image, keyFile);
    make.addKey(image, "ends with a newline\n");
  });

  it.each([
    ["the first pass phrase", "first"],
    ["another one, in UTF-8", "zweiter Schlüssel 鍵"],
    ["one from a text file", "first\n"],
    ["one from a text file of Windows", "first\r\n"],
    ["one that has a newline", "ends with a newline\n"],
    ["a key file", keyFile],
  ])("opens with %s", async (_name, key) => {
    const bytes = typeof key === "string" ? utf8(key) : key;
    expect(await map(image, [bytes])).toMatchObject({ mode: "used-blocks" });
  });

  it("opens when one of several keys fits, an empty one among them", async () => {
    expect(await map(image, [utf8("wrong"), utf8(""), utf8("first")])).toMatchObject({ mode: "used-blocks" });
  });

  it("names the volume and how many keys were tried, but no key, when none fits", async () => {
    const uuid = run("cryptsetup", "luksUUID", image).trim();
    const failed = await map(image, [utf8("tell nobody"), utf8("nor this")]).catch((error: Error) => error);
    if (!(failed instanceof Error)) throw new Error("it opened");
    expect(failed.message).toBe(`UNLOCK_FAILED: ${image} (LUKS ${uuid}) cannot be unlocked: none of the 2 keys fits`);
    await expect(map(image, [utf8("nor this")])).rejects.toThrow(
      "cannot be unlocked: the key that was given does not fit",
    );
    expect(leftInMemory()).toEqual([]);
  });

  it("is captured raw, with the reason, without a key", async () => {
    const used = await map(image, []);
    expect(used).toMatchObject({
      mode: "raw",
      reason: expect.stringContaining("encrypted with LUKS and no key was given"),
    });
    expect(used.extents.bytes).toBe(readFileSync(image).length);
  });

  it("opens in a partition of a disk", async () => {
    using place = scratch();
    const disk = join(place.path, "disk");
    run("dd", `if=${image}`, `of=${disk}`, "bs=1M", "seek=1", "conv=sparse", "status=none");
    using whole = fileVolume(disk);
    const volume = slice(whole, MIB, whole.size - MIB);
    expect(await mapVolume(volume, await detectFilesystem(volume), { keys: [utf8("first")] })).toMatchObject({
      mode: "used-blocks",
    });
  });
});

describe("what cannot be seen through", () => {
  it("is a volume whose encryption was begun and is not done", async () => {
    using place = scratch();
    const image = join(place.path, "volume");
    cpSync(`${plain.ext4}`, image);
    truncateSync(image, readFileSync(image).length + 2 * make.HEADER);
    make.encryptInPlace(image, "first", ["--init-only"]);
    expect(await map(image, [utf8("first")])).toMatchObject({
      mode: "raw",
      reason: expect.stringContaining("being encrypted anew"),
    });
  });

  it("is a header whose data is elsewhere", async () => {
    using place = scratch();
    for (const version of [1, 2]) {
      const header = join(place.path, `header${version}`);
      make.formatDetached(version, header, emptyImage(`${header}.data`, 8 * MIB));
      expect(await map(header, [utf8("first")])).toMatchObject({
        mode: "raw",
        reason: expect.stringContaining("detached header"),
      });
    }
  });
});

describe("a damaged header", () => {
  const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
  const damage = (image: string, offset: number) =>
    run("dd", "if=/dev/urandom", `of=${image}`, "bs=512", `seek=${offset / 512}`, "count=1", "conv=notrunc");

  it("gives way to its copy, and is not repaired on the source", async () => {
    using place = scratch();
    const image = make.encrypt(plain.ext4, join(place.path, "volume"));
    damage(image, 4096);
    const before = hash(image);
    expect(await map(image, [utf8("first")])).toMatchObject({ mode: "used-blocks" });
    expect(hash(image)).toBe(before);
    damage(image, 16384 + 4096);
    expect(await map(image, [utf8("first")])).toMatchObject({
      mode: "raw",
      reason: expect.stringContaining("no header"),
    });
  });
});
