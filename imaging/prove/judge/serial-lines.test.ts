import { expect, test } from "vitest";
import { SerialLines } from "#imaging/prove/judge/serial-lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("a cursor that is put where it is leaves the line whole; anywhere else is another line", () => {
  const lines = new SerialLines();
  expect(lines.append(bytes("error: no such\u001b[06;14H\u001b[06;15H device.\u001b[01;01H"))).toEqual([
    "error: no such device.",
  ]);
  expect(lines.append(bytes("one\u001b[2Jtwo\u001b[10;40Hthree\r\n"))).toEqual(["one", "two", "three"]);
});

test("colours and control characters go, lines that are drawn over one another are lines, a prompt is kept", () => {
  const lines = new SerialLines();
  expect(lines.append(bytes("\u001b[0;32m OK \u001b[0m a\u0007\rb\r\r\n\n\u001b["))).toEqual(["OK  a", "b"]);
  expect(lines.append(bytes("1mx login: "))).toEqual([]);
  expect(lines.partial).toBe("x login: ");
});

test("of what is printed without end, the first and the last 2 MiB are kept", () => {
  const lines = new SerialLines();
  const chunk = Buffer.alloc(64 << 10, "y");
  lines.append(bytes("first\n"));
  for (let i = 0; i < 200; i++) lines.append(chunk);
  lines.append(bytes("\nlast\n"));
  const log = Buffer.from(lines.log());
  expect(log.length).toBeLessThan(4.2 * 2 ** 20);
  expect(log.subarray(0, 6).toString()).toBe("first\n");
  expect(log.subarray(-5).toString()).toBe("last\n");
  expect(log.includes("bytes are left out here")).toBe(true);
  expect(lines.bytes).toBe(200 * (64 << 10) + 12);
});
