import { expect, test } from "vitest";
import { bitLockerReadings } from "#imaging/volume/bitlocker/readings.ts";
import { parseVolumeKey, withoutLineEnd } from "#imaging/volume/volume-key.ts";

/** As src/cryptsetup.c of 2.6.1 (bookworm) and of 2.7.5 (trixie) prints it; the two do not differ here. */
const DUMP = [
  "LUKS header information for header",
  "Cipher name:   \taes",
  "Cipher mode:   \txts-plain64",
  "Payload offset:\t32768",
  "UUID:          \tdb117473-d2e5-4fe4-a9f0-32fbf031105a",
  "MK bits:       \t256",
  "MK dump:\t00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff ",
  "\t\tf0 e1 d2 c3 b4 a5 96 87 78 69 5a 4b 3c 2d 1e 0f ",
  "",
].join("\n");

test("the volume key is read from cryptsetup's dump", () => {
  expect(Buffer.from(parseVolumeKey(Buffer.from(DUMP))).toString("hex")).toBe(
    "00112233445566778899aabbccddeefff0e1d2c3b4a5968778695a4b3c2d1e0f",
  );
});

test.each([
  ["is empty", ""],
  ["has no key", DUMP.slice(0, DUMP.indexOf("MK dump"))],
  ["is cut off", DUMP.slice(0, -10)],
  ["says another length", DUMP.replace("256", "512")],
  ["has other characters", DUMP.replace("\t\tf0", "\t\tzz")],
])("a dump that %s is refused, without what it holds", (_name, dump) => {
  const refuse = () => parseVolumeKey(Buffer.from(dump));
  expect(refuse).toThrow("TOOL_FAILED: cryptsetup");
  expect(refuse).not.toThrow(/00 ?11 ?22/);
});

const utf8 = (text: string) => new TextEncoder().encode(text);
const texts = (readings: Uint8Array[]) => readings.map((bytes) => new TextDecoder().decode(bytes));

test("a line's end is tried without it first, and only one of them is taken off", () => {
  expect(texts(withoutLineEnd(utf8("secret")))).toEqual(["secret"]);
  expect(texts(withoutLineEnd(utf8("secret\n")))).toEqual(["secret", "secret\n"]);
  expect(texts(withoutLineEnd(utf8("secret\r\n")))).toEqual(["secret", "secret\r\n"]);
  expect(texts(withoutLineEnd(utf8("secret\n\n")))).toEqual(["secret\n", "secret\n\n"]);
  expect(texts(withoutLineEnd(utf8("\n")))).toEqual(["\n"]);
  expect(texts(withoutLineEnd(utf8("")))).toEqual([""]);
});

const RECOVERY = "235818-357951-253979-013365-241120-245575-342914-591910";

test.each([
  ["as Windows shows it", utf8(RECOVERY)],
  ["without hyphens", utf8(RECOVERY.replaceAll("-", ""))],
  ["with blanks", utf8(RECOVERY.replaceAll("-", " "))],
  ["in a text", utf8(`Recovery key 64311DEA: ${RECOVERY}.`)],
  ["in UTF-16", Buffer.from(`\ufeff${RECOVERY}\r\n`, "utf16le")],
])("a recovery password is found %s", (_name, key) => {
  expect(texts(bitLockerReadings(key))[0]).toBe(RECOVERY);
});

test("other digits are a password and no recovery password", () => {
  const wrong = RECOVERY.replace("235818", "235819");
  expect(texts(bitLockerReadings(utf8(wrong)))).toEqual([wrong]);
  expect(texts(bitLockerReadings(utf8(`1${RECOVERY}`)))).toEqual([`1${RECOVERY}`]);
});
