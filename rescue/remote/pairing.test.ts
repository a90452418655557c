import { expect, test } from "vitest";
import { Pairing } from "#rescue/remote/pairing.ts";

let seconds = 0;
const pairing = () => {
  seconds = 1000;
  return new Pairing(() => seconds);
};
const codeOf = (action: () => unknown): string => {
  try {
    action();
    return "paired";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test("the code gives a token, however it is typed; each browser has its own", () => {
  const it = pairing();
  const one = it.pair(it.code);
  const two = it.pair(` ${it.code.toLowerCase().replaceAll("-", " ")} `);
  expect(one).not.toBe(two);
  expect([it.isPaired(one), it.isPaired(two), it.isPaired(`${one}x`), it.isPaired(undefined)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(it.sessions).toBe(2);
});

test("wrong codes: five at once, then one in ten seconds, and the right one has to wait as well", () => {
  const it = pairing();
  for (let i = 0; i < 5; i++) expect(codeOf(() => it.pair("0000-0000-0000"))).toBe("REMOTE_CODE_WRONG");
  expect(codeOf(() => it.pair(it.code))).toBe("REMOTE_TOO_MANY_TRIES");
  seconds += 9;
  expect(() => it.pair(it.code)).toThrow("the next try counts in 1 s");
  seconds += 1;
  expect(codeOf(() => it.pair("0000-0000-0000"))).toBe("REMOTE_CODE_WRONG");
  expect(codeOf(() => it.pair(it.code))).toBe("REMOTE_TOO_MANY_TRIES");
  seconds += 10;
  expect(codeOf(() => it.pair(it.code))).toBe("paired");
});

test("a try that had to wait is none: it makes nobody wait longer", () => {
  const it = pairing();
  for (let i = 0; i < 100; i++) codeOf(() => it.pair("x"));
  seconds += 10;
  expect(codeOf(() => it.pair(it.code))).toBe("paired");
});

test("after many wrong codes another one is shown; who was let in stays", () => {
  const it = pairing();
  const before = it.code;
  const token = it.pair(before);
  for (let i = 0; i < 20; i++) {
    seconds += 10;
    codeOf(() => it.pair("0000-0000-0000"));
  }
  expect(it.code).not.toBe(before);
  expect(it.isPaired(token)).toBe(true);
  seconds += 10;
  expect(codeOf(() => it.pair(before))).toBe("REMOTE_CODE_WRONG");
});

test("a token ends twelve hours after its last use", () => {
  const it = pairing();
  const token = it.pair(it.code);
  seconds += 12 * 3600;
  expect(it.isPaired(token)).toBe(true);
  seconds += 12 * 3600 + 1;
  expect([it.isPaired(token), it.sessions]).toEqual([false, 0]);
});
