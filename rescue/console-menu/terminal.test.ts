import { EventEmitter } from "node:events";
import type { ReadStream, WriteStream } from "node:tty";
import { expect, test } from "vitest";
import { Terminal } from "#rescue/console-menu/terminal.ts";
import { TextScreen } from "#test/doubles/text-screen.ts";

function open() {
  const screen = new TextScreen();
  const input = new EventEmitter();
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    screen.write(text);
  };
  const output = { columns: 80, rows: 24, write } as unknown as WriteStream;
  return { terminal: new Terminal(input as unknown as ReadStream, output), input, screen, written };
}

const frame = (...texts: readonly string[]) => ({ title: "T", body: texts.map((text) => ({ text })), keys: "K" });

test("only lines that changed are written; what is gone is erased; Ctrl+L writes all", async () => {
  const { terminal, input, screen, written } = open();
  terminal.draw(frame("one", "two", "three"));
  terminal.draw(frame("one", "TWO"));
  expect(written[1]).toContain("TWO");
  expect(written[1]).not.toContain("one");
  expect(screen.text.split("\n").slice(2, 5)).toEqual([" one", " TWO", ""]);
  const shown = screen.text;
  screen.write("\x1b[3;1Hthe kernel writes over it");
  input.emit("data", Buffer.from("\f"));
  await terminal.key(1);
  expect(screen.text).toBe(shown);
});

test("a screen that did not change is not written again, but the cursor is where it belongs", () => {
  const { terminal, screen, written } = open();
  terminal.draw({ ...frame("one", "two"), cursor: { line: 0, column: 0 } });
  terminal.draw({ ...frame("one", "two"), cursor: { line: 1, column: 0 } });
  expect(written[1]).not.toMatch(/one|two|T|K/);
  expect(screen.cursor).toEqual({ row: 3, column: 1 });
});
