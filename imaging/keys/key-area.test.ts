import { createDecipheriv, createHmac, randomInt, scryptSync } from "node:crypto";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { recordKeyOf } from "#imaging/image/sealed-record.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { createKeyArea, keysOf, parseKeyArea, sealCopy } from "#imaging/keys/key-area.ts";
import { createRecoveryKey } from "#imaging/keys/recovery-key.ts";
import { unlockImageKey } from "#imaging/keys/unlock-image.ts";

const IMAGE = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0";
const QUICK = { log2N: 10, r: 1, p: 1 };
const password = (text: string): Credential => ({ kind: "password", text });
const recovery = (text: string): Credential => ({ kind: "recovery", text });
const parse = (bytes: Uint8Array) => parseKeyArea(bytes, "x.lbi", IMAGE);

/** One character of each of these, and of all planes, in any order: letters, marks, right-to-left, Han, emoji. */
const SCRIPTS = [0x20, 0x41, 0xc0, 0x300, 0x391, 0x410, 0x5d0, 0x627, 0x905, 0xe01, 0x1100, 0x3042, 0x4e00, 0xac00];
const randomText = (length: number): string =>
  Array.from({ length }, () => {
    const base = randomInt(4) === 0 ? 0x1f300 : (SCRIPTS[randomInt(SCRIPTS.length)] as number);
    return String.fromCodePoint(base + randomInt(64));
  }).join("");

test("passwords of many scripts and lengths open it, and nothing else does", async () => {
  for (let round = 0; round < 25; round++) {
    const length = round < 3 ? round + 1 : round === 3 ? 5000 : randomInt(1, 5001);
    const text = randomText(length);
    const { bytes, imageKey } = await createKeyArea(IMAGE, [password(text)], QUICK);
    const area = parse(bytes);
    expect(await unlockImageKey(area, password(text.normalize("NFD")))).toEqual(imageKey);
    for (const wrong of [`${text}a`, `a${text}`, text.slice(0, -1).toWellFormed() || "b", `${text} `])
      await expect(unlockImageKey(area, password(wrong))).rejects.toMatchObject({ code: "IMAGE_UNLOCK_FAILED" });
  }
});

test("each of several keys opens it; a recovery key also where a password is asked for", async () => {
  const key = createRecoveryKey();
  const { bytes, imageKey } = await createKeyArea(IMAGE, [password("one"), recovery(key), password("two")], QUICK);
  const area = parse(bytes);
  for (const credential of [password("one"), password("two"), recovery(key), password(key.toLowerCase())])
    expect(await unlockImageKey(area, credential)).toEqual(imageKey);
  expect(keysOf(area).map(({ slotId, kind }) => [slotId, kind])).toEqual([
    [1, "password"],
    [2, "recovery"],
    [3, "password"],
  ]);
  await expect(unlockImageKey(area, recovery("one"))).rejects.toMatchObject({ code: "KEY_INVALID" });
  const other = createRecoveryKey();
  await expect(unlockImageKey(area, recovery(other))).rejects.toThrow("belongs to another image");
  await expect(unlockImageKey(area, password(`${other.slice(0, -1)}`))).rejects.toThrow("no password of the image");
  await expect(unlockImageKey(area, password(other))).rejects.toThrow("looks like a recovery key");
});

test("a password that reads like a recovery key is a password", async () => {
  const key = createRecoveryKey();
  const { bytes, imageKey } = await createKeyArea(IMAGE, [password(key)], QUICK);
  expect(await unlockImageKey(parse(bytes), password(key))).toEqual(imageKey);
  await expect(unlockImageKey(parse(bytes), recovery(key))).rejects.toMatchObject({ code: "IMAGE_UNLOCK_FAILED" });
});

test("by the document alone: offsets, scrypt, AES-256-GCM and HKDF give the same keys", async () => {
  const { bytes, imageKey } = await createKeyArea(IMAGE, [password("Grüße")]);
  const copy = Buffer.from(bytes.subarray(0, 4096));
  expect(copy.equals(bytes.subarray(4096))).toBe(true);
  expect(copy.subarray(0, 8).toString("latin1")).toBe("LBKEYS\0\0");
  const id = copy.subarray(16, 32);
  expect(id.toString("hex")).toBe(IMAGE.replaceAll("-", ""));
  const slot = copy.subarray(64, 64 + 256);
  expect([slot[0], slot[1], slot[2], slot.readUInt16LE(4), slot.readUInt16LE(6)]).toEqual([1, 1, 16, 8, 2]);
  const cost = { N: 65536, r: 8, p: 2, maxmem: 80 << 20 };
  const wrapping = scryptSync(Buffer.from("Grüße", "utf8"), slot.subarray(24, 56), 32, cost);
  const decipher = createDecipheriv("aes-256-gcm", wrapping, slot.subarray(56, 68));
  decipher.setAAD(Buffer.concat([id, slot.subarray(8, 12), slot.subarray(0, 1)]));
  decipher.setAuthTag(slot.subarray(104, 120));
  const opened = Buffer.concat([decipher.update(slot.subarray(72, 104)), decipher.final()]);
  expect(opened).toEqual(imageKey);
  const extracted = createHmac("sha256", id).update(opened).digest();
  const expanded = createHmac("sha256", extracted).update("lifeboat records 2\x01").digest();
  expect(Buffer.from(recordKeyOf(imageKey, IMAGE).key)).toEqual(expanded);
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return "none";
  } catch (error) {
    return isLifeboatError(error) ? error.code : String(error);
  }
}

/** Every bit of the fields and of the slots in use; of the zeros behind them one in seven. */
const DENSE = (64 + 2 * 256) * 8;

test("any flipped bit of a copy: the other one serves; of both: damaged, and said so", async () => {
  const { bytes } = await createKeyArea(IMAGE, [password("a"), recovery(createRecoveryKey())], QUICK);
  const whole = sealCopy(parse(bytes));
  const expectWhole = () => {
    // expect() itself would take most of the time.
    if (!Buffer.from(sealCopy(parse(bytes))).equals(whole)) expect(sealCopy(parse(bytes))).toEqual(whole);
  };
  for (let bit = 0; bit < 4096 * 8; bit += bit < DENSE ? 1 : 7) {
    const [at, mask] = [bit >>> 3, 1 << (bit & 7)];
    bytes[at] = (bytes[at] as number) ^ mask;
    expectWhole();
    bytes[at + 4096] = (bytes[at + 4096] as number) ^ mask;
    if (codeOf(() => parse(bytes)) !== "IMAGE_DAMAGED") throw new Error(`bit ${bit} of both was not noticed`);
    bytes[at] = (bytes[at] as number) ^ mask;
    expectWhole();
    bytes[at + 4096] = (bytes[at + 4096] as number) ^ mask;
  }
});

test("any bit of a slot flipped by somebody who mends the checksum: the right key, or a coded error, in bounded time", async () => {
  const { bytes, imageKey } = await createKeyArea(IMAGE, [password("a")], QUICK);
  const copy = bytes.subarray(0, 4096);
  const opened = new Set<string>();
  for (let bit = 0; bit < (64 + 256) * 8; bit++) {
    const changed = copy.slice();
    changed[bit >>> 3] = (changed[bit >>> 3] as number) ^ (1 << (bit & 7));
    new DataView(changed.buffer).setUint32(4092, crc32(changed.fill(0, 4092)), true);
    const outcome = await Promise.try(() =>
      unlockImageKey(parse(Buffer.concat([changed, changed])), password("a")),
    ).catch((error: unknown) => error);
    if (Buffer.isBuffer(outcome)) expect(outcome).toEqual(imageKey);
    else if (!isLifeboatError(outcome)) throw outcome;
    opened.add(Buffer.isBuffer(outcome) ? "opened" : (outcome as { code: string }).code);
  }
  expect(opened).toEqual(new Set(["opened", "IMAGE_DAMAGED", "IMAGE_UNSUPPORTED", "IMAGE_UNLOCK_FAILED"]));
});

test.each([
  ["memory of 512 MiB", { log2N: 19, r: 8, p: 1 }],
  ["N of 2^21", { log2N: 21, r: 1, p: 1 }],
  ["N of 2^9", { log2N: 9, r: 8, p: 1 }],
  ["no blocks", { log2N: 10, r: 0, p: 1 }],
  ["65535 rounds", { log2N: 10, r: 1, p: 65535 }],
])("a slot that asks for %s is not tried; its neighbour opens", async (_what, cost) => {
  const { bytes, imageKey } = await createKeyArea(IMAGE, [password("a"), password("b")], QUICK);
  const area = parse(bytes);
  const slot = Buffer.from(area.slots[0] as Uint8Array);
  slot[2] = cost.log2N;
  slot.writeUInt16LE(cost.r, 4);
  slot.writeUInt16LE(cost.p, 6);
  const hostile = parse(Buffer.concat([sealCopy({ ...area, slots: area.slots.with(0, slot) }), new Uint8Array(4096)]));
  expect(await unlockImageKey(hostile, password("b"))).toEqual(imageKey);
  await expect(unlockImageKey(hostile, password("a"))).rejects.toMatchObject({ code: "IMAGE_UNSUPPORTED" });
  expect(keysOf(hostile)[0]).toEqual({ slotId: 1, kind: "unknown", created: undefined });
});

test("the copy with the higher generation counts; one of another image never", async () => {
  const { bytes } = await createKeyArea(IMAGE, [password("a")], QUICK);
  const area = parse(bytes);
  const newer = sealCopy({ ...area, generation: 2 });
  expect(parse(Buffer.concat([bytes.subarray(0, 4096), newer])).generation).toBe(2);
  expect(parse(Buffer.concat([newer, bytes.subarray(0, 4096)])).generation).toBe(2);
  const foreign = sealCopy({ ...area, imageId: "00000000-0000-4000-8000-000000000000", generation: 9 });
  expect(parse(Buffer.concat([foreign, newer])).generation).toBe(2);
  expect(() => parse(Buffer.concat([foreign, foreign]))).toThrow("belongs to another image");
});

test("15 keys are the most, and none is a fault of the caller", async () => {
  await expect(createKeyArea(IMAGE, [], QUICK)).rejects.toThrow(RangeError);
  const many = Array.from({ length: 16 }, (_, i) => password(`p${i}`));
  await expect(createKeyArea(IMAGE, many, QUICK)).rejects.toThrow(RangeError);
  const { bytes, imageKey } = await createKeyArea(IMAGE, many.slice(1), QUICK);
  expect(await unlockImageKey(parse(bytes), password("p15"))).toEqual(imageKey);
});
