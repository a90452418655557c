import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";

const OWN_KEY = "signing-key.pem";

/**
 * The Ed25519 key that a build is signed with: the one in `file` (PKCS#8, PEM), else that of the build directory, which is made when it is
 * used first. @throws OPEN_FAILED, KEY_INVALID
 */
export async function signingKey(file: string | undefined, workDir: string): Promise<KeyObject> {
  if (file !== undefined) return parseKey(await readKey(file), file);
  const own = join(workDir, OWN_KEY);
  const present = await readFile(own).catch(() => undefined);
  if (present !== undefined) return parseKey(present, own);
  const { privateKey } = generateKeyPairSync("ed25519");
  const partial = `${own}.${process.pid}`;
  await writeFile(partial, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  await rename(partial, own);
  return privateKey;
}

const readKey = (file: string): Promise<Buffer> =>
  readFile(file).catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: cause.message }, { cause });
  });

function parseKey(pem: Buffer, file: string): KeyObject {
  const invalid = (problem: string, cause?: unknown) =>
    new LifeboatError("KEY_INVALID", { what: file, problem }, { cause });
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw invalid(
      "it is not a private key in PEM form, without a passphrase (openssl genpkey -algorithm ed25519)",
      cause,
    );
  }
  if (key.asymmetricKeyType !== "ed25519") throw invalid(`it is of the kind ${key.asymmetricKeyType}, and not Ed25519`);
  return key;
}

/** The 32 bytes of the public key (RFC 8032, 5.1.5). */
export const publicBytes = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url");
