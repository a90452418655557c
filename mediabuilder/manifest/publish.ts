import type { KeyObject } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { publicKeyText, signatureText } from "../sign/signify.ts";

/** Names of the documents that go along with what was built, after the prefix that they share. */
export const DOCUMENTS = {
  manifest: "manifest.json",
  signature: "manifest.json.sig",
  publicKey: "lifeboat.pub",
  bill: "sbom.spdx.json",
} as const;

/** The manifest, its signature, and the key to check it with, by their names. */
export const signedDocuments = (manifest: string, key: KeyObject): Record<string, string> => ({
  [DOCUMENTS.manifest]: manifest,
  [DOCUMENTS.signature]: signatureText(Buffer.from(manifest), key),
  [DOCUMENTS.publicKey]: publicKeyText(key),
});

/** Writes all of them, and only when all are complete gives them their names. */
export async function writeTogether(files: Readonly<Record<string, string>>): Promise<void> {
  const partial = (path: string) => `${path}.partial`;
  const paths = Object.keys(files);
  try {
    for (const path of paths) await writeFile(partial(path), files[path] ?? "");
    for (const path of paths) await rename(partial(path), path);
  } finally {
    for (const path of paths) await rm(partial(path), { force: true });
  }
}
