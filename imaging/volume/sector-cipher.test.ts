import { describe, expect, test } from "vitest";
import { isKnownEncryption, sectorCipher } from "#imaging/volume/sector-cipher.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("XTS, by the vectors of IEEE 1619-2007, annex B", () => {
  test.each([
    [
      "1",
      "00000000000000000000000000000000 00000000000000000000000000000000",
      0,
      "917cf69ebd68b2ec9b9fe9a3eadda692cd43d2f59598ed858c02c2652fbf922e",
      "0000000000000000000000000000000000000000000000000000000000000000",
    ],
    [
      "2",
      "11111111111111111111111111111111 22222222222222222222222222222222",
      0x3333333333,
      "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0",
      "4444444444444444444444444444444444444444444444444444444444444444",
    ],
    [
      "3",
      "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0 22222222222222222222222222222222",
      0x3333333333,
      "af85336b597afc1a900b2eb21ec949d292df4c047e0b21532186a5971a227a89",
      "4444444444444444444444444444444444444444444444444444444444444444",
    ],
  ])("vector %s", (_name, key, number, encrypted, plain) => {
    const sector = hex(encrypted);
    sectorCipher("aes-xts-plain64", hex(key), 512)?.(sector, number);
    expect(text(sector)).toBe(plain);
  });

  test("plain counts in 32 bits", () => {
    const key = hex("11111111111111111111111111111111 22222222222222222222222222222222");
    const decrypt = (name: string, number: number) => {
      const sector = new Uint8Array(512);
      sectorCipher(name, key, 512)?.(sector, number);
      return text(sector);
    };
    expect(decrypt("aes-xts-plain", 2 ** 32 + 5)).toBe(decrypt("aes-xts-plain64", 5));
    expect(decrypt("aes-xts-plain64", 2 ** 32 + 5)).not.toBe(decrypt("aes-xts-plain64", 5));
  });
});

test("CBC by NIST SP 800-38A, F.2.2, where the IV is the number", () => {
  const key = hex("2b7e151628aed2a6abf7158809cf4f3c");
  const sector = hex("7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2");
  sectorCipher("aes-cbc-plain64", key, 512)?.(sector, 0);
  // The first block is off by the vector's own IV, the second one does not depend on it.
  const iv = hex("000102030405060708090a0b0c0d0e0f");
  const first = sector.subarray(0, 16).map((byte, i) => byte ^ (iv[i] as number));
  expect(text(first)).toBe("6bc1bee22e409f96e93d7e117393172a");
  expect(text(sector.subarray(16))).toBe("ae2d8a571e03ac9c9eb76fac45af8e51");
});

test.each([
  "serpent-xts-plain64",
  "aes-xts-essiv:sha256",
  "aes-ctr-plain64",
  "xchacha20,aes-adiantum-plain64",
  "toString",
])("%s is not known", (name) => {
  expect(isKnownEncryption(name)).toBe(false);
  expect(sectorCipher(name, new Uint8Array(32), 512)).toBeUndefined();
});

test.each([0, 16, 48, 65])("a key of %i bytes does not fit XTS", (length) => {
  expect(sectorCipher("aes-xts-plain64", new Uint8Array(length), 512)).toBeUndefined();
});

test("the key may be overwritten once the cipher is made", () => {
  const key = hex("11111111111111111111111111111111 22222222222222222222222222222222");
  for (const name of ["aes-xts-plain64", "aes-cbc-essiv:sha256", "aes-cbc-eboiv", "aes-cbc-elephant"]) {
    const given = key.slice();
    const decrypt = sectorCipher(name, given, 512);
    given.fill(0);
    const [one, other] = [new Uint8Array(512), new Uint8Array(512)];
    decrypt?.(one, 7);
    sectorCipher(name, key, 512)?.(other, 7);
    expect(one).toEqual(other);
    expect(one.every((byte) => byte === 0)).toBe(false);
  }
});
