import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isSignedBy, publicKeyText, signatureText } from "./signify.ts";
import { signingKey } from "./signing-key.ts";

const newFolder = () => mkdtemp(join(tmpdir(), "lifeboat-sign-"));

test("the key of a build directory is made once, and nobody else may read it", async () => {
  const folder = await newFolder();
  const [first, again] = [await signingKey(undefined, folder), await signingKey(undefined, folder)];
  expect(publicKeyText(again)).toBe(publicKeyText(first));
  expect((await stat(join(folder, "signing-key.pem"))).mode & 0o777).toBe(0o600);
});

test("a signature holds for one message and one key", async () => {
  const [key, other] = [await signingKey(undefined, await newFolder()), await signingKey(undefined, await newFolder())];
  const message = Buffer.from("manifest");
  const signature = signatureText(message, key);
  expect(signatureText(message, key)).toBe(signature);
  expect(isSignedBy(message, signature, publicKeyText(key))).toBe(true);
  expect(isSignedBy(Buffer.from("Manifest"), signature, publicKeyText(key))).toBe(false);
  expect(isSignedBy(message, signature, publicKeyText(other))).toBe(false);
  // Under the number of the right key, so that the signature itself is looked at.
  const [name, ours] = publicKeyText(key).split("\n");
  const forged = Buffer.from(publicKeyText(other).split("\n")[1] ?? "", "base64");
  Buffer.from(ours ?? "", "base64").copy(forged, 0, 0, 10);
  expect(isSignedBy(message, signature, `${name}\n${forged.toString("base64")}\n`)).toBe(false);
  for (const damaged of ["", "x", signature.slice(0, -20), publicKeyText(key)])
    expect(isSignedBy(message, damaged, publicKeyText(key)), damaged).toBe(false);
});

test("a key of another kind, and what is none, is refused", async () => {
  const folder = await newFolder();
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });
  await writeFile(join(folder, "rsa.pem"), rsa);
  await writeFile(join(folder, "text.pem"), "no key");
  await expect(signingKey(join(folder, "rsa.pem"), folder)).rejects.toMatchObject({ code: "KEY_INVALID" });
  await expect(signingKey(join(folder, "text.pem"), folder)).rejects.toMatchObject({ code: "KEY_INVALID" });
  await expect(signingKey(join(folder, "none.pem"), folder)).rejects.toMatchObject({ code: "OPEN_FAILED" });
});
