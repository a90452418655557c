import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordKeyOf } from "#imaging/image/sealed-record.ts";
import { createKeyArea } from "#imaging/keys/key-area.ts";
import { decodeRecoveryKey } from "#test/doubles/independent-keys.ts";
import { readByScan, readBySpecification } from "#test/doubles/independent-reader.ts";
import { writeSampleImage } from "#test/doubles/sample-image.ts";

const IMAGE_ID = "5b0c2a3e-7d41-4f5a-9c55-0123456789ab";
const RECOVERY_KEY = "0000-0000-0000-0000-0000-0000-0000-0000-VS3W";
/** Of one letter that NFC joins with its accent. */
const PASSWORD = "cafe\u0301 ☕";
/** A password that looks like a mistyped recovery key. */
const LIKE_A_KEY = RECOVERY_KEY.replace("W", "X");
const CREDENTIALS = [
  { kind: "recovery", text: RECOVERY_KEY },
  { kind: "password", text: LIKE_A_KEY },
  { kind: "password", text: PASSWORD },
] as const;
const QUICK = { log2N: 10, r: 1, p: 1 };

let folder: string;
let file: Buffer;
let wanted: Uint8Array;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-reader-"));
  const { bytes: keyArea, imageKey } = await createKeyArea(IMAGE_ID, CREDENTIALS, QUICK);
  const encryption = { recordKey: recordKeyOf(imageKey, IMAGE_ID), keyArea };
  const sample = await writeSampleImage(folder, { volumeSize: 0, encryption }, IMAGE_ID);
  wanted = sample.wanted;
  file = readFileSync(sample.path);
});
afterAll(() => rmSync(folder, { recursive: true }));

const same = (found: Buffer) => Buffer.compare(found, wanted) === 0;
const changed = (change: (file: Buffer) => unknown): Buffer[] => {
  const copy = Buffer.from(file);
  change(copy);
  return [copy];
};
/** Puts the CRC-32 of a structure right, as somebody does who forges it. */
const forge = (bytes: Buffer, at: number) => {
  bytes.writeUInt32LE(0, at);
  bytes.writeUInt32LE(crc32(bytes), at);
};

describe("an encrypted image", () => {
  test.each([
    "caf\u00e9 ☕",
    PASSWORD,
    LIKE_A_KEY,
    RECOVERY_KEY.toLowerCase().replaceAll("-", " ").replaceAll("0", "o"),
  ])("is opened by %j", (secret) => {
    expect(same(readBySpecification([file], secret))).toBe(true);
    expect(same(readByScan([file], secret))).toBe(true);
  });

  test("is not opened by another password, nor without one", () => {
    expect(() => readBySpecification([file], "wrong")).toThrow("no slot is opened");
    expect(() => readBySpecification([file])).toThrow("needs a password");
    expect(() => readByScan([file], "CAFÉ ☕")).toThrow("no slot is opened");
  });

  test("is read with one copy of its key area, and not with none", () => {
    for (const at of [4096, 8192])
      expect(
        same(
          readBySpecification(
            changed((f) => f.fill(1, at + 64, at + 999)),
            PASSWORD,
          ),
        ),
      ).toBe(true);
    expect(() =>
      readBySpecification(
        changed((f) => f.fill(1, 4096, 12288)),
        PASSWORD,
      ),
    ).toThrow("no valid copy");
  });

  test("has nothing of its content in the file, and every record is sealed", () => {
    for (let at = 12288; at < file.length - 128; ) {
      expect(file.toString("latin1", at, at + 4)).toBe("LBRC");
      expect(file[at + 4]).toBe(7);
      at += 64 + Math.ceil(file.readUInt32LE(at + 20) / 16) * 16;
    }
    expect(file.includes("volume")).toBe(false);
  });

  test("a forged record is told from a damaged one", () => {
    const payload = (f: Buffer) => f.subarray(12288 + 64, 12288 + 64 + Math.ceil(f.readUInt32LE(12288 + 20) / 16) * 16);
    const flip = (f: Buffer) => payload(f).writeUInt8((payload(f)[9] ?? 0) ^ 1, 9);
    expect(() => readBySpecification(changed(flip), PASSWORD)).toThrow("payload at 12288 is damaged");
    const forged = (f: Buffer) => {
      flip(f);
      f.writeUInt32LE(crc32(payload(f)), 12288 + 24);
      forge(f.subarray(12288, 12288 + 64), 28);
    };
    expect(() => readBySpecification(changed(forged), PASSWORD)).toThrow("tag of the record at 12288");
  });

  test("a scan does without the catalogue and the footer", () => {
    const at = Number(file.readBigUInt64LE(file.length - 96));
    expect(
      same(
        readByScan(
          changed((f) => f.fill(0, at)),
          PASSWORD,
        ),
      ),
    ).toBe(true);
  });

  test("a footer that counts otherwise is refused", () => {
    for (const [place, what] of [
      [40, "number of chunks"],
      [48, "number of chunks"],
      [88, "number of volumes"],
      [24, "footer's fields"],
      [56, "root hash"],
    ] as const) {
      const forged = changed((f) => {
        const footer = f.subarray(f.length - 128);
        footer.writeUInt8((footer[place] ?? 0) ^ 1, place);
        forge(footer, 124);
      });
      expect(() => readBySpecification(forged, PASSWORD), what).toThrow(what);
    }
  });
});

test("the recovery key of keys.md", () => {
  expect(decodeRecoveryKey(RECOVERY_KEY)?.equals(Buffer.alloc(20))).toBe(true);
  expect(decodeRecoveryKey(RECOVERY_KEY.replace("W", "X"))).toBeUndefined();
});
