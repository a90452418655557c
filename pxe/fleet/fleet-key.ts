import { createCipheriv, createDecipheriv, createHmac, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { newKeyPair, privateKeyOf, publicText, signText } from "#base/deployment/keys.ts";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";

const Sealed = z.tuple([z.base64url(), z.base64url(), z.base64url()]);

/**
 * What a server signs orders with, seals the secrets of deployments with where they are kept, and makes machines' tokens from. One file, for
 * its owner alone; servers that share a database have the same one.
 */
export class FleetKey {
  readonly #signing: KeyObject;
  readonly #secret: Uint8Array;

  private constructor(signing: KeyObject) {
    this.#signing = signing;
    const { d } = signing.export({ format: "jwk" });
    this.#secret = Buffer.from(d as string, "base64url");
  }

  /** Makes the key where there is none. @param file Ed25519, PEM @throws PXE_KEY_FAILED */
  static async open(file: string): Promise<FleetKey> {
    try {
      const there = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
      const key = privateKeyOf(there ?? (await makeKey(file)));
      if (key.asymmetricKeyType !== "ed25519") throw new Error("it is no Ed25519 key");
      return new FleetKey(key);
    } catch (cause) {
      throw new LifeboatError("PXE_KEY_FAILED", { file, reason: plainReason((cause as Error).message) }, { cause });
    }
  }

  /** 32 bytes, base64url: what machines are told when they start, as `lifeboat.orders`. */
  get publicText(): string {
    return publicText(this.#signing);
  }

  sign(text: string): string {
    return signText(this.#signing, text);
  }

  /** Of one use: nobody else's, and the same each time. Base64url. */
  token(...use: readonly (string | number)[]): string {
    return createHmac("sha256", this.#derived("tokens")).update(JSON.stringify(use)).digest("base64url");
  }

  /** @param place what it belongs to: it opens there alone */
  seal(text: string, place: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#derived("secrets"), nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return JSON.stringify([nonce, sealed, cipher.getAuthTag()].map((part) => part.toString("base64url")));
  }

  /** @throws PXE_KEY_FAILED: another key sealed it */
  unseal(sealed: string, place: string): string {
    try {
      const [nonce, text, tag] = Sealed.parse(JSON.parse(sealed)).map((part) => Buffer.from(part, "base64url"));
      const key = this.#derived("secrets");
      const cipher = createDecipheriv("aes-256-gcm", key, nonce as Buffer, { authTagLength: 16 });
      cipher.setAAD(Buffer.from(place)).setAuthTag(tag as Buffer);
      return Buffer.concat([cipher.update(text as Buffer), cipher.final()]).toString("utf8");
    } catch (cause) {
      const reason = "the secrets of a deployment were sealed with another key";
      throw new LifeboatError("PXE_KEY_FAILED", { file: "the key for orders", reason }, { cause });
    }
  }

  #derived(use: string): Uint8Array {
    return new Uint8Array(hkdfSync("sha256", this.#secret, "", `lifeboat fleet ${use}`, 32));
  }
}

/** Two commands may begin at once: whoever comes second takes the first one's. */
async function makeKey(file: string): Promise<string> {
  const pem = newKeyPair("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomBytes(8).toString("hex")}.new`;
  try {
    {
      await using handle = await open(unfinished, "wx", 0o600);
      await handle.writeFile(pem);
      await handle.sync();
    }
    await link(unfinished, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
  return readFile(file, "utf8");
}
