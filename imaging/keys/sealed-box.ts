import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import * as z from "zod";
import { SealedBox } from "#base/medium/secret.ts";
import { passphraseBytes } from "#imaging/keys/passphrase.ts";
import { CIPHER, DEFAULT_COST, deriveKey, isWithinBounds, type KdfCost } from "#imaging/keys/slot.ts";

/** From the name of a secret to the secret. */
export type Secrets = Readonly<Record<string, string>>;

/** Keeps a box from being taken for something else that is encrypted with the same passphrase. */
const PURPOSE = Buffer.from("lifeboat medium secrets 1");
const Content = z.record(z.string(), z.string());

/** Seals the passwords of a medium. `cost` is for tests. @throws KEY_INVALID for a passphrase that cannot be used */
export async function sealSecrets(
  secrets: Secrets,
  passphrase: string,
  cost: KdfCost = DEFAULT_COST,
): Promise<SealedBox> {
  const [salt, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv(CIPHER, await deriveKey(passphraseBytes(passphrase), salt, cost), nonce);
  cipher.setAAD(PURPOSE);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), "utf8"), cipher.final()]);
  const tag = cipher.getAuthTag();
  const parts = { salt, nonce, sealed, tag };
  return SealedBox.parse({
    ...{ kdf: "scrypt", ...cost },
    ...Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString("base64")])),
  });
}

/**
 * The secrets, or undefined when the passphrase is not the box's, or the box was changed: the two cannot be told apart.
 * @throws KEY_INVALID for a passphrase that no box has
 */
export async function openSealedBox(box: SealedBox, passphrase: string): Promise<Secrets | undefined> {
  if (!isWithinBounds(box)) return undefined;
  const [salt, nonce, sealed, tag] = [box.salt, box.nonce, box.sealed, box.tag].map((text) =>
    Buffer.from(text, "base64"),
  );
  const key = await deriveKey(passphraseBytes(passphrase), salt as Buffer, box);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce as Buffer, { authTagLength: 16 });
    decipher.setAAD(PURPOSE);
    decipher.setAuthTag(tag as Buffer);
    const text = Buffer.concat([decipher.update(sealed as Buffer), decipher.final()]).toString("utf8");
    return Content.parse(JSON.parse(text));
  } catch {
    return undefined; // a wrong tag, or a nonce or tag of no possible length
  }
}
