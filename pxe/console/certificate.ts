import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import { selfSigned } from "#base/self-signed.ts";

export interface Certificate {
  readonly key: string;
  /** With those that vouch for it, where there are any. */
  readonly cert: string;
  /** SHA-256, as browsers show it: "AB:CD:...". */
  readonly fingerprint: string;
  readonly validTo: Date;
}

/** Browsers take no longer ones (CA/Browser Forum, Baseline Requirements, 6.3.2). Ours is made anew a month before its end. */
const DAYS = 397;
const RENEW_MS = 30 * 86_400_000;

/** Of two files in PEM. @throws SERVER_CERTIFICATE_FAILED */
export async function readCertificate(certFile: string, keyFile: string, now = Date.now()): Promise<Certificate> {
  const [cert, key] = await Promise.all([certFile, keyFile].map(readPem));
  return checked(certFile, cert as string, key as string, now);
}

/**
 * The server's own, which vouches for itself, made at its first start and kept: people compare its fingerprint once.
 * @param folder where it is kept @throws SERVER_CERTIFICATE_FAILED
 */
export async function ownCertificate(folder: string, names: readonly string[], now = Date.now()): Promise<Certificate> {
  const file = join(folder, "certificate.pem");
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw failed(file, error);
  });
  if (kept !== undefined) {
    const split = kept.indexOf("-----BEGIN CERTIFICATE-----");
    const { validTo } = new X509Certificate(kept.slice(split));
    if (new Date(validTo).getTime() - now > RENEW_MS)
      return checked(file, kept.slice(split), kept.slice(0, split), now);
  }
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  const { key, cert } = selfSigned(names[0] ?? hostname(), [...new Set(addresses)], { now, days: DAYS });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, `${key}${cert}`, { mode: 0o600 });
    await rename(`${file}.new`, file); // whole, or not at all
  } catch (cause) {
    throw failed(file, cause);
  }
  return checked(file, cert, key, now);
}

function checked(file: string, cert: string, key: string, now: number): Certificate {
  let read: X509Certificate;
  try {
    read = new X509Certificate(cert);
    if (!read.checkPrivateKey(createPrivateKey(key))) throw new Error("the key is of another certificate");
  } catch (cause) {
    throw failed(file, cause);
  }
  const validTo = new Date(read.validTo);
  if (validTo.getTime() <= now)
    throw failed(file, new Error(`it was valid until ${validTo.toISOString().slice(0, 10)}`));
  return { key, cert, fingerprint: read.fingerprint256, validTo };
}

const readPem = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: Error) => {
    throw failed(file, cause);
  });

const failed = (file: string, cause: unknown) =>
  new LifeboatError("SERVER_CERTIFICATE_FAILED", { file, reason: plainReason((cause as Error).message) }, { cause });
