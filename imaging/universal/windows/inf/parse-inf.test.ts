import { expect, test } from "vitest";
import { type Inf, parseInf } from "#imaging/universal/windows/inf/parse-inf.ts";
import { splitLine } from "#imaging/universal/windows/inf/split-line.ts";

const inf = (text: string | Uint8Array): Inf => parseInf(Buffer.from(text), "x.inf");

test("sections of one name are one, in any case; comments and empty lines are nothing", () => {
  const read = inf("; first\r\n[One]\r\na = 1 ; not this\r\n\r\n[two]\nb\n[ONE]\nc = 2, 3\n");
  expect(read.section("one")).toEqual([
    { line: 3, key: "a", values: ["1"] },
    { line: 8, key: "c", values: ["2", "3"] },
  ]);
  expect(read.section("three")).toBeUndefined();
});

test.each([
  ["a = b", { key: "a", values: ["b"] }],
  ["viostor.sys,,,2", { key: undefined, values: ["viostor.sys", "", "", "2"] }],
  ['"a = b", c', { key: undefined, values: ["a = b", "c"] }],
  ['x = " kept ", "say ""yes""", un"quoted"', { key: "x", values: [" kept ", 'say "yes"', "unquoted"] }],
  ['k = "open, to the end', { key: "k", values: ["open, to the end"] }],
  ["k = a=b", { key: "k", values: ["a=b"] }],
  ["%d% =", { key: "%d%", values: [""] }],
])("%s", (line, parsed) => {
  expect(splitLine(line)).toEqual(parsed);
});

test("a backslash in the end goes on; a semicolon between quotes is text", () => {
  const read = inf('[s]\na = "x;y", \\ ; rest is a comment\n  z\nb = 1\\\n');
  expect(read.values("s", "a")).toEqual(["x;y", "z"]);
  expect(read.line("s", "B")?.line).toBe(4);
});

test("tokens become what [Strings] says, folders' numbers stay", () => {
  const read = inf(
    '[s]\na = %12%\\%File%, 100%%, %none%\n[strings]\nFILE = "driver.sys"\n[Strings.0407]\nFile = "anders"\n',
  );
  expect(read.values("s", "A")).toEqual(["%12%\\driver.sys", "100%", "%none%"]);
});

const text = '[Version]\r\nProvider = "Größe"\r\n';
test.each([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with its mark", Buffer.from(`\ufeff${text}`)],
  ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
  ["UTF-16, the other order", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["Windows-1252", Buffer.from(text, "latin1")],
])("%s", (_, bytes) => {
  expect(inf(bytes).value("version", "provider")).toBe("Größe");
});

test("what becomes too much is refused", () => {
  const refusal = (of: () => unknown, problem: RegExp) => {
    const said = { problem: expect.objectContaining({ key: expect.stringMatching(/^inf\./) }) };
    expect(of).toThrow(expect.objectContaining({ message: expect.stringMatching(problem), said }));
  };
  refusal(() => inf("\n".repeat(300_000)), /INF_INVALID.*more than 200000 lines/);
  refusal(() => inf(`[s]\na=1\n${"x\\\n".repeat(70_000)}`), /INF_INVALID: x.inf, line 3: .*too long/);
  refusal(() => inf(new Uint8Array(9 << 20)), /INF_INVALID.*bytes/);
  const bomb = inf(`[s]\na = ${"%b%".repeat(10_000)}\n[strings]\nb = ${"b".repeat(60_000)}\n`);
  refusal(() => bomb.value("s", "a"), /too long/);
  const row = inf(`[s]\n${"a = %b%\n".repeat(9000)}\n[strings]\nb = ${"b".repeat(60_000)}\n`);
  refusal(() => row.values("s", "a"), /too much/);
});
