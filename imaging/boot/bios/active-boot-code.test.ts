import { expect, test } from "vitest";
import { activeBootCode, activeBootRows } from "#imaging/boot/bios/active-boot-code.ts";

const code = activeBootCode();
/** The first instruction stands at 0600 after the move. */
const MOVED = 0x600;

test("each row stands at the address that it says, so that jumps lead where they are said to", () => {
  let at = MOVED;
  for (const [bytes, meaning] of activeBootRows) {
    expect(Number.parseInt(meaning.slice(0, 4), 16), meaning).toBe(at);
    at += bytes.split(" ").length;
  }
});

test("short jumps and calls go to the start of a row, the one that is named", () => {
  const starts = new Set(activeBootRows.map(([, meaning]) => Number.parseInt(meaning.slice(0, 4), 16)));
  for (const [bytes, meaning] of activeBootRows) {
    const [, name, target] = /^\w{4} (j\w+|loop) ([0-9A-F]{4})(?:\s|$)/.exec(meaning) ?? [];
    if (name === undefined || target === undefined) continue;
    const [, distance = 0] = bytes.split(" ").map((byte) => Number.parseInt(byte, 16));
    const from = Number.parseInt(meaning.slice(0, 4), 16) + 2;
    expect(from + ((distance << 24) >> 24), meaning).toBe(Number.parseInt(target, 16));
    expect(starts, meaning).toContain(Number.parseInt(target, 16));
  }
});

test("it fits in front of the signature and the records, and its texts are where it looks for them", () => {
  expect(code.length).toBeLessThanOrEqual(440);
  const textAt = (address: number) => {
    const from = address - MOVED;
    return String.fromCharCode(...code.subarray(from, code.indexOf(0, from)));
  };
  expect(textAt(0x6b8)).toBe("No partition of this disk is marked active.\r\n");
  expect(textAt(0x6e6)).toBe("The active partition cannot be read.\r\n");
  expect(textAt(0x70d)).toBe("The active partition holds no system.\r\n");
});
