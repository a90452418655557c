import { expect, test } from "vitest";
import { openSealedBox, sealSecrets } from "#imaging/keys/sealed-box.ts";

const QUICK = { log2N: 10, r: 1, p: 1 };
const SECRETS = { '["wifi","Büro; \\"2\\""]': "pass wörd;'\"$(x)\\", '["smb","nas","a b","","Ян"]': "密码" };

test("the passphrase opens the box, in whichever form the keyboard sends its letters", async () => {
  const box = await sealSecrets(SECRETS, "é; 'x'", QUICK);
  expect(await openSealedBox(box, "é; 'x'")).toEqual(SECRETS);
  expect(await openSealedBox(box, "e\u0301; 'x'")).toEqual(SECRETS);
  expect(JSON.stringify(box)).not.toMatch(/wifi|smb|nas/);
});

test("another passphrase, and any changed part, open nothing", async () => {
  const box = await sealSecrets(SECRETS, "right", QUICK);
  expect(await openSealedBox(box, "Right")).toBeUndefined();
  for (const part of ["salt", "nonce", "sealed", "tag"] as const) {
    const bytes = Buffer.from(box[part], "base64");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    expect(await openSealedBox({ ...box, [part]: bytes.toString("base64") }, "right"), part).toBeUndefined();
  }
  for (const part of ["nonce", "tag"] as const)
    expect(await openSealedBox({ ...box, [part]: "" }, "right"), part).toBeUndefined();
  expect(await openSealedBox({ ...box, log2N: 20, r: 32 }, "right")).toBeUndefined(); // 4 GiB of memory
});

test("two boxes of the same secrets have nothing in common", async () => {
  const [one, two] = [await sealSecrets(SECRETS, "p", QUICK), await sealSecrets(SECRETS, "p", QUICK)];
  expect([one.salt, one.nonce, one.sealed]).not.toEqual([two.salt, two.nonce, two.sealed]);
  expect(one.sealed).not.toBe(two.sealed);
});
