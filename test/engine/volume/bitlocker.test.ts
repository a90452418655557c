import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { containerDriver } from "#imaging/volume/containers.ts";
import { mapVolume } from "#imaging/volume/map-volume.ts";
import { type BitLockerImage, bitLockerImages } from "#test/fixtures/bitlocker-images.ts";
import { complement, copyMapped, fileVolume, partcloneExtents, run, scratch } from "../filesystem/volume-image.ts";
import * as forge from "./bitlocker-volume.ts";
import { leftInMemory } from "./left-in-memory.ts";
import * as make from "./luks-volume.ts";
import { overwrite } from "./sample-content.ts";

const MIB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const utf8 = (text: string) => new TextEncoder().encode(text);
const images = await bitLockerImages();
const image = (name: string): BitLockerImage => {
  const found = images.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not among cryptsetup's images`);
  return found;
};
const keysOf = ({ password, recoveryPassword, startupKey }: BitLockerImage): Uint8Array[] => [
  ...[password, recoveryPassword].filter(Boolean).map(utf8),
  ...(startupKey ? [readFileSync(startupKey)] : []),
];

async function open(file: string, keys: readonly Uint8Array[]) {
  const volume = fileVolume(file);
  const filesystem = await detectFilesystem(volume);
  const driver = filesystem && containerDriver(filesystem.type);
  if (!driver) throw new Error(`${file} is taken for ${filesystem?.type}`);
  const opened = await driver.open(volume, filesystem, { keys });
  return { volume, opened, [Symbol.dispose]: () => volume[Symbol.dispose]() };
}

async function map(file: string, keys: readonly Uint8Array[]) {
  using volume = fileVolume(file);
  return await mapVolume(volume, await detectFilesystem(volume), { keys });
}

/** Decrypting all of a volume takes seconds; the diffuser's take longest. */
const HASHED = ["bitlk-aes-cbc-128-4k", "bitlk-togo-aes-xts-128"];
const openable = images.filter(({ sha256 }) => sha256 !== "");

describe.each(openable)("$name, which Windows made", (one) => {
  it("opens with each of its keys, and shows what the kernel shows", async () => {
    for (const [i, key] of (FULL ? keysOf(one) : keysOf(one).slice(-1)).entries()) {
      using found = await open(one.file, [key]);
      if ("reason" in found.opened) throw new Error(found.opened.reason);
      const device = found.opened.inner[0]?.device;
      if (!device) throw new Error("nothing inside");
      expect((await detectFilesystem(device))?.uuid).toBe(one.uuid);
      if (i > 0 || (!FULL && !HASHED.includes(one.name))) continue;
      const hash = createHash("sha256");
      for (let at = 0; at < device.size; at += MIB)
        hash.update(await readBytes(device, at, Math.min(MIB, device.size - at)));
      expect(hash.digest("hex")).toBe(one.sha256);
    }
  });
});

describe("keys", () => {
  const one = image("bitlk-aes-xts-128");

  it.each([
    ["a password from a text file", utf8(`${one.password}\r\n`)],
    ["a recovery password without hyphens", utf8(one.recoveryPassword.replaceAll("-", ""))],
    ["a recovery password with blanks", utf8(` ${one.recoveryPassword.replaceAll("-", " ")}\n`)],
    [
      "the file in which Windows saves a recovery key",
      Buffer.from(
        `\ufeffIdentifier:\r\n\r\n\t64311DEA\r\n\r\nRecovery Key:\r\n\r\n\t${one.recoveryPassword}\r\n`,
        "utf16le",
      ),
    ],
  ])("may be %s", async (_name, key) => {
    using found = await open(one.file, [utf8("wrong"), key]);
    expect(found.opened).not.toHaveProperty("reason");
  });

  it("names the volume, how many keys were tried and what would open it, when none fits", async () => {
    await expect(map(one.file, [utf8("tell nobody"), utf8("nor this")])).rejects.toThrow(
      `UNLOCK_FAILED: ${one.file} (BitLocker ${one.id}) cannot be unlocked: none of the 2 keys fits; it opens with its ` +
        "password or the recovery key with the identifier 64311DEA-4587-4029-924A-BA299647998E",
    );
    const wrongStartupKey = image("bitlk-aes-xts-128-startup-key").startupKey ?? "";
    await expect(
      map(image("bitlk-aes-xts-128-startup-key-win11").file, [readFileSync(wrongStartupKey)]),
    ).rejects.toThrow("UNLOCK_FAILED");
    expect(leftInMemory()).toEqual([]);
  });

  it("is captured raw, with the reason and what would open it, without one", async () => {
    expect(await map(one.file, [])).toMatchObject({
      mode: "raw",
      reason: expect.stringMatching(/no key was given.*64311DEA-4587/),
    });
  });
});

describe("other states", () => {
  it.each(["bitlk-aes-xts-128-eow", "bitlk-clearkey-aes-cbc-128"])(
    "%s is only encrypted in part: raw",
    async (name) => {
      const keys = keysOf(image(name));
      expect(await map(image(name).file, keys)).toMatchObject({
        mode: "raw",
        reason: expect.stringContaining("encrypt-on-write"),
      });
    },
  );

  it("needs no key while protection is suspended", async () => {
    using place = scratch();
    const copy = join(place.path, "volume");
    const one = image("bitlk-clearkey-aes-cbc-128");
    cpSync(one.file, copy);
    // What was encrypted of this one, its start, is read as a finished volume's.
    overwrite(copy, 160, Buffer.from("3bd66749292ed84a8399f6a339e3d001", "hex"));
    using found = await open(copy, []);
    if ("reason" in found.opened) throw new Error(found.opened.reason);
    const device = found.opened.inner[0]?.device;
    expect(device && (await detectFilesystem(device))?.uuid).toBe(one.uuid);
  });

  it.each([
    ["decryption is under way", 14, Uint8Array.of(2), "not done encrypting or decrypting"],
    ["its method is unknown", 100, Uint8Array.of(6), "method 8006"],
  ])("is raw when %s", async (_name, offset, bytes, reason) => {
    using place = scratch();
    const copy = join(place.path, "volume");
    const source = readFileSync(image("bitlk-aes-xts-128").file);
    for (const start of [35213312, 46256128, 57909248]) {
      const block = source.subarray(start, start + 65536);
      block.set(bytes, offset);
      forge.reseal(block);
    }
    writeFileSync(copy, source);
    expect(await map(copy, [utf8("anaconda")])).toMatchObject({ mode: "raw", reason: expect.stringContaining(reason) });
  });

  it("opens when two of its three metadata blocks are damaged, and is raw when all are", async () => {
    using place = scratch();
    const copy = join(place.path, "volume");
    const one = image("bitlk-aes-xts-128");
    cpSync(one.file, copy);
    for (const start of [35213312, 46256128]) overwrite(copy, start + 200, utf8("damage"));
    using found = await open(copy, [utf8(one.password)]);
    expect(found.opened).not.toHaveProperty("reason");
    overwrite(copy, 57909248 + 200, utf8("damage"));
    expect(await map(copy, [])).toMatchObject({ mode: "raw", reason: expect.stringContaining("metadata blocks") });
  });
});

const FILLED = ["bitlk-aes-xts-128", ...(FULL ? ["bitlk-aes-xts-256", "bitlk-aes-xts-128-4k"] : [])].map(image);

describe.each(FILLED)("a volume with NTFS and files in it, with the keys of $name", (template) => {
  let place: ReturnType<typeof scratch>;
  beforeAll(() => {
    place = scratch();
  });
  afterAll(() => place[Symbol.dispose]());

  it("is mapped by what is inside, and a restore of that much is whole", async () => {
    const sectorSize = template.name.endsWith("-4k") ? 4096 : 512;
    const plain = make.makeFilesystem("ntfs", join(place.path, "plain"), 100 * MIB, sectorSize);
    const inside = partcloneExtents("ntfs", plain);
    const places = forge.findPlaces(complement(inside, 100 * MIB));
    const key = forge.volumeKey(template.file, template.password, join(place.path, "template"));
    const volume = join(place.path, "volume");
    writeFileSync(volume, forge.encryptVolume(readFileSync(plain), template, key, places));

    const used = await map(volume, [utf8(template.recoveryPassword)]);
    expect(used).toMatchObject({ mode: "used-blocks", notes: [] });
    const headers = [0, places.header].map((start) => ({ start, end: start + forge.MOVED }));
    const blocks = places.metadata.map((start) => ({ start, end: start + 65536 }));
    const found = [...used.extents];
    for (const { start, end } of [...inside, ...headers, ...blocks])
      expect(found.some((one) => one.start <= start && end <= one.end)).toBe(true);
    const known = [...inside, ...headers, ...blocks].reduce((sum, { start, end }) => sum + end - start, 0);
    // NTFS has a last part behind its clusters.
    expect(used.extents.bytes).toBeLessThanOrEqual(known + 8192);

    const copy = copyMapped(volume, used.extents, join(place.path, "copy"));
    const dump = (file: string) => run("cryptsetup", "bitlkDump", file).replaceAll(file, "");
    expect(dump(copy)).toBe(dump(volume));
    expect(forge.volumeKey(copy, template.password, join(place.path, "copied")).equals(key)).toBe(true);
    const restored = join(place.path, "restored");
    writeFileSync(restored, forge.decryptVolume(readFileSync(copy), key, places));
    expect(make.checkFilesystem("ntfs", restored)).toMatchObject({ status: 0 });
    const files = make.readFiles(restored);
    expect(Object.keys(files).length).toBeGreaterThan(30);
    expect(files).toEqual(make.readFiles(plain));
  });
});
