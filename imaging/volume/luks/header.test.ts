import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { readLuks } from "#imaging/volume/luks/header.ts";
import { LUKS_MAGIC, LUKS2_SECOND_MAGIC, luks1Header, luks2Header } from "#imaging/volume/luks/structs.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const SIZE = 16384;
const SEGMENT = {
  type: "crypt",
  offset: "1048576",
  size: "dynamic",
  iv_tweak: "0",
  encryption: "aes-xts-plain64",
  sector_size: 4096,
};
const json = (segments: object, requirements?: object) => JSON.stringify({ segments, config: { requirements } });

interface Header {
  readonly magic?: string;
  readonly offset?: number;
  readonly sequence?: number;
}

function header(text: string, { magic = LUKS_MAGIC, offset = 0, sequence = 3 }: Header = {}): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  const uuid = "db117473-d2e5-4fe4-a9f0-32fbf031105a";
  const fields = { magic, version: 2, size: SIZE, sequence, label: "", checksumAlgorithm: "sha256", uuid, offset };
  bytes.set(luks2Header.serialise({ ...fields, checksum: new Uint8Array(64) }));
  bytes.set(new TextEncoder().encode(text), 4096);
  bytes.set(createHash("sha256").update(bytes).digest(), 448);
  return bytes;
}

function volume(first: Uint8Array, second?: Uint8Array) {
  const bytes = new Uint8Array(2 << 20);
  bytes.set(first);
  if (second) bytes.set(second, SIZE);
  return memoryDevice(bytes);
}

test("a LUKS2 header says where its data is and how it is encrypted", async () => {
  expect(await readLuks(volume(header(json({ 0: SEGMENT }))))).toEqual({
    uuid: "db117473-d2e5-4fe4-a9f0-32fbf031105a",
    payload: { start: 1 << 20, end: 2 << 20 },
    encryption: "aes-xts-plain64",
    sectorSize: 4096,
    ivOffset: 0,
    isFixed: false,
    slots: [],
  });
  const fixed = { ...SEGMENT, size: "8192", iv_tweak: "77", sector_size: 512 };
  expect(await readLuks(volume(header(json({ 0: fixed }))))).toMatchObject({
    payload: { start: 1 << 20, end: (1 << 20) + 8192 },
    ivOffset: 77,
    isFixed: true,
  });
});

test("how the pass phrases of a LUKS2 are derived; what a device of the machine gives is none", async () => {
  const kdf = { type: "pbkdf2", hash: "sha256", iterations: 1000, salt: "" };
  const keyslots = {
    0: { type: "luks2", kdf: { type: "argon2id", time: 4, memory: 1048576, cpus: 4, salt: "" } },
    1: { type: "luks2", kdf },
    2: { type: "luks2", kdf },
    3: { type: "reencrypt", mode: "reencrypt" },
  };
  const tokens = {
    0: { type: "systemd-tpm2", keyslots: ["1"] },
    1: { type: "systemd-recovery", keyslots: ["2"] },
  };
  const text = JSON.stringify({ keyslots, tokens, segments: { 0: SEGMENT }, config: {} });
  expect(await readLuks(volume(header(text)))).toMatchObject({
    slots: [
      { number: 0, kdf: "argon2id", memoryKiB: 1048576 },
      { number: 2, kdf: "pbkdf2" },
    ],
  });
});

test("the newer of two sound headers counts, and a sound one when the other is damaged", async () => {
  const second = (encryption: string, sequence: number) =>
    header(json({ 0: { ...SEGMENT, encryption } }), { magic: LUKS2_SECOND_MAGIC, offset: SIZE, sequence });
  const first = header(json({ 0: SEGMENT }), { sequence: 3 });
  expect(await readLuks(volume(first, second("newer", 4)))).toMatchObject({ encryption: "newer" });
  expect(await readLuks(volume(first, second("older", 2)))).toMatchObject({ encryption: "aes-xts-plain64" });
  const damaged = first.slice();
  damaged[5000] = 1;
  expect(await readLuks(volume(damaged, second("older", 2)))).toMatchObject({ encryption: "older" });
  await expect(readLuks(volume(damaged))).rejects.toThrow("FILESYSTEM_DAMAGED");
});

test.each([
  ["two keys", json({ 0: { ...SEGMENT, size: "4096" }, 1: SEGMENT }), "encrypted anew"],
  ["a reencryption that was begun", json({ 0: SEGMENT }, { mandatory: ["online-reencrypt-v2"] }), "encrypted anew"],
  ["an unknown requirement", json({ 0: SEGMENT }, { mandatory: ["from-the-future"] }), "from-the-future"],
  ["checksums", json({ 0: { ...SEGMENT, integrity: { type: "hmac(sha256)" } } }), "dm-integrity"],
  ["a drive that encrypts", json({ 0: { ...SEGMENT, type: "hw-opal-crypt" } }), "OPAL"],
  ["a detached header", json({ 0: { ...SEGMENT, offset: "0" } }), "detached header"],
  ["no data", json({}), "names no data"],
  ["another kind of data", json({ 0: { ...SEGMENT, type: "linear" } }), "linear"],
])("%s: raw, with the reason", async (_name, text, reason) => {
  expect(await readLuks(volume(header(text)))).toEqual({ reason: expect.stringContaining(reason) });
});

test.each([
  ["is no JSON", "{"],
  ["has no segments", "{}"],
  ["puts the data outside", json({ 0: { ...SEGMENT, offset: "99999999" } })],
  ["makes the data too large", json({ 0: { ...SEGMENT, size: "99999488" } })],
  ["has numbers that are none", json({ 0: { ...SEGMENT, offset: "-512" } })],
  ["has a sector size that is none", json({ 0: { ...SEGMENT, sector_size: 1000 } })],
])("a header that %s is damaged", async (_name, text) => {
  await expect(readLuks(volume(header(text)))).rejects.toThrow("FILESYSTEM_DAMAGED");
});

const luks1 = (payloadOffset: number) =>
  luks1Header.serialise({
    ...{ magic: LUKS_MAGIC, version: 1, cipherName: "aes", cipherMode: "cbc-essiv:sha256" },
    ...{ payloadOffset, keyBytes: 32, uuid: "a" },
  });

test("a LUKS1 header says the same; one without data is of another device", async () => {
  expect(await readLuks(volume(luks1(2048)))).toMatchObject({
    payload: { start: 1 << 20, end: 2 << 20 },
    encryption: "aes-cbc-essiv:sha256",
    sectorSize: 512,
  });
  expect(await readLuks(volume(luks1(0)))).toEqual({ reason: expect.stringContaining("detached header") });
  await expect(readLuks(volume(luks1(4096)))).rejects.toThrow("FILESYSTEM_DAMAGED");
});

test("changed bytes end in a layout within the volume, a reason or a damage, and nothing else", async () => {
  const sound = header(json({ 0: SEGMENT }));
  for (let i = 0; i < 600; i += 4) {
    const changed = sound.slice();
    changed[i < 512 ? i : 4096 + (i - 512)] = (i * 73) & 0xff;
    // Made to fit again, so that what is behind the checksum is looked at.
    changed.fill(0, 448, 512);
    changed.set(createHash("sha256").update(changed).digest(), 448);
    const found = await readLuks(volume(changed)).catch((error: unknown) => error);
    if (isLifeboatError(found, "FILESYSTEM_DAMAGED")) continue;
    expect(found).not.toBeInstanceOf(Error);
    if (found && typeof found === "object" && "payload" in found)
      expect(found).toMatchObject({ payload: { end: expect.toSatisfy((end: number) => end <= 2 << 20) } });
  }
});
