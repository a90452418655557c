import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { fileSha256 } from "../recipe.ts";
import { isSignedBy, publicKeyText } from "../sign/signify.ts";
import { signingKey } from "../sign/signing-key.ts";
import type { Manifest } from "./manifest.ts";
import { DOCUMENTS } from "./publish.ts";

export interface CheckReport {
  readonly id: string;
  /** How many files were compared. */
  readonly files: number;
}

/**
 * Whether an ISO, or each file of a PXE set, is what its manifest says, and the manifest signed with the key. The key that lies beside it
 * is not asked: who can change the one can change the other. @throws OPEN_FAILED, MEDIUM_CHANGED
 */
export async function checkMedium(path: string, key: { keyFile: string } | { workDir: string }): Promise<CheckReport> {
  const isFolder = (await stat(path).catch(openFailed(path))).isDirectory();
  const document = (name: string) => (isFolder ? join(path, name) : `${path}.${name}`);
  const [manifest, signature] = [document(DOCUMENTS.manifest), document(DOCUMENTS.signature)];
  const text = await readFile(manifest).catch(openFailed(manifest));
  const signed = await readFile(signature, "utf8").catch(openFailed(signature));
  if (!isSignedBy(text, signed, await publicKey(key)))
    throw new LifeboatError("MEDIUM_CHANGED", {
      file: manifest,
      problem: "it is not signed with this key, or was changed",
    });
  const { id, files } = JSON.parse(text.toString("utf8")) as Manifest;
  for (const file of files)
    await checkFile(isFolder ? join(path, file.file) : join(dirname(path), basename(path)), file);
  return { id, files: files.length };
}

const publicKey = async (key: { keyFile: string } | { workDir: string }): Promise<string> =>
  "keyFile" in key
    ? readFile(key.keyFile, "utf8").catch(openFailed(key.keyFile))
    : publicKeyText(await signingKey(undefined, key.workDir));

async function checkFile(path: string, { bytes, sha256 }: { bytes: number; sha256: string }): Promise<void> {
  const found = await stat(path).catch(openFailed(path));
  if (found.size !== bytes || (await fileSha256(path)) !== sha256)
    throw new LifeboatError("MEDIUM_CHANGED", { file: path, problem: "its content is not what was built" });
}

const openFailed =
  (path: string) =>
  (cause: Error): never => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: cause.message }, { cause });
  };
