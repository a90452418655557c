import { expect, test } from "vitest";
import { createPairingCode, pairingKey } from "#imaging/clone/remote/pairing-code.ts";

test("a code is three groups of four, each time others, without letters that are misread", () => {
  const codes = Array.from({ length: 50 }, createPairingCode);
  expect(new Set(codes).size).toBe(50);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
});

test("it is the same however it is typed, and another one is another key", async () => {
  const key = await pairingKey("7K0M-2X1D-9RTW");
  expect(key).toHaveLength(32);
  expect(await pairingKey(" 7kom 2xld 9rtw ")).toEqual(key);
  expect(await pairingKey("7K0M-2X1D-9RTV")).not.toEqual(key);
});

test.each([["1234"], ["7K0M-2X1D-9RTW-0000"], ["7K0M-2X1D-9RT!"], [""]])("%s is no code", async (code) => {
  await expect(pairingKey(code)).rejects.toThrow("KEY_INVALID: the pairing code cannot be used");
});
