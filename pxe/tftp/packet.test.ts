import { expect, test } from "vitest";
import { caseRandom } from "#test/fuzz/random.ts";
import {
  acknowledged,
  ackPacket,
  errorPacket,
  oackPacket,
  parseTftp,
  requestPacket,
  type TftpRequest,
  writeDataHead,
} from "./packet.ts";

const random = caseRandom(1, "tftp", 0);
const word = (most: number) =>
  Array.from({ length: 1 + random.int(most) }, () => String.fromCharCode(33 + random.int(94))).join("");

test("what is written is read again, for any request", () => {
  for (let i = 0; i < 2000; i++) {
    const options = new Map(Array.from({ length: random.int(5) }, () => [word(10).toLowerCase(), word(6)] as const));
    const type = random.pick(["read", "write"] as const);
    const request: TftpRequest = { type, file: word(60), mode: random.pick(["octet", "netascii"]), options };
    expect(parseTftp(requestPacket(request))).toEqual(request);
    expect(parseTftp(oackPacket(options))).toEqual(
      options.size > 0 ? { type: "oack", options } : { type: "malformed", problem: "2 bytes are no packet" },
    );
  }
});

test("block numbers, data and errors are read again", () => {
  for (const block of [0, 1, 255, 256, 65_535]) {
    expect(parseTftp(ackPacket(block))).toEqual({ type: "ack", block });
    expect(acknowledged(ackPacket(block))).toBe(block);
    const packet = Buffer.from("headabc");
    writeDataHead(packet, 0, block);
    const data = parseTftp(packet);
    expect(data).toMatchObject({ type: "data", block });
    expect(acknowledged(packet)).toBeUndefined();
    expect(data.type === "data" && Buffer.from(data.data).toString()).toBe("abc");
  }
  expect(parseTftp(errorPacket(8, "no"))).toEqual({ type: "error", code: 8, message: "no" });
  expect(parseTftp(Buffer.from("\0\u0005\0\u0008no end"))).toEqual({ type: "error", code: 8, message: "no end" });
});

test("a request as the OVMF firmware sends it", () => {
  const bytes = Buffer.from("\0\u0001bootx64.efi\0octet\0tsize\x000\0blksize\x001468\0windowsize\x004\0", "latin1");
  expect(parseTftp(bytes)).toEqual({
    ...{ type: "read", file: "bootx64.efi", mode: "octet" },
    options: new Map([
      ["tsize", "0"],
      ["blksize", "1468"],
      ["windowsize", "4"],
    ]),
  });
});

test.each([
  ["nothing", ""],
  ["no end", "\0\u0001file\0octet"],
  ["no mode", "\0\u0001file\0"],
  ["no file", "\0\u0001\0octet\0"],
  ["half an option", "\0\u0001file\0octet\0blksize\0"],
  ["an opcode of nobody", "\0\u0009file\0octet\0"],
  ["too long", `\0\u0001${"f".repeat(600)}\0octet\0`],
])("%s is no packet", (_what, bytes) => {
  expect(parseTftp(Buffer.from(bytes, "latin1")).type).toBe("malformed");
});

test("names of options and modes have no case; padding behind them is no option", () => {
  const packet = parseTftp(Buffer.from("\0\u0001A.efi\0OCTET\0BlkSize\x00512\0\0\0", "latin1"));
  expect(packet).toEqual({ type: "read", file: "A.efi", mode: "octet", options: new Map([["blksize", "512"]]) });
});
