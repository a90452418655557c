import { randomUUID } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import type { Output } from "#cli/output.ts";
import { readPassword } from "#cli/password-input.ts";
import { runOperation } from "#cli/run-operation.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { copyToFile } from "#imaging/repository/copy-image.ts";
import { leaseImage } from "#imaging/repository/lease-point.ts";
import { verifyImage } from "#imaging/verify/verify-image.ts";

export interface ExportImageOptions {
  verify: boolean;
  newPasswordFile?: string;
  plain?: boolean;
  split?: number;
}

/** `image export --format lifeboat`: an image file that needs no repository. */
export async function exportLifeboat(
  path: string,
  target: string,
  { verify, newPasswordFile, plain = false, split = 0 }: ExportImageOptions,
  unlock: (path: string) => Promise<Uint8Array>,
  output: Output,
): Promise<void> {
  await using _lease = await leaseImage(path);
  const from = await openImage(path, { unlock });
  const credentials = await credentialsFor(from, newPasswordFile, plain);
  const options = { imageId: randomUUID(), credentials, volumeSize: Math.floor(split / 4096) * 4096 };
  const made = await runOperation("export", (signal) => copyToFile(from, target, options, signal), output);
  if (verify) await readBack(target, credentials, output);
  const report = { file: target, format: "lifeboat", rootHash: made.rootHash, fileBytes: made.bytes, verified: verify };
  output.result(report, () =>
    [
      printable(`Exported ${path} to ${target}: an image file of ${formatBytes(made.bytes)}, complete in itself`),
      verify ? "The file was read back and is intact." : "The file was not read back.",
    ].join("\n"),
  );
}

/** What was encrypted does not become readable by mistake. */
async function credentialsFor(from: Image, file: string | undefined, plain: boolean): Promise<Credential[]> {
  if (file === undefined && !from.encrypted) return [];
  if (file === undefined && plain) return [];
  if (file === undefined) {
    const problem = `${from.path} is encrypted: give --new-password-file for the new file, or --plain to leave it readable for everybody`;
    throw new LifeboatError("USAGE", { problem });
  }
  const text = await readPassword({ what: "the new password", option: "--new-password-file", file, isNew: true });
  return [{ kind: "password", text }];
}

async function readBack(path: string, [credential]: readonly Credential[], output: Output): Promise<void> {
  const unlock = credential && ((file: string) => imageKeyOf(file, credential));
  const onDamage = (damage: LifeboatError) => output.message(damage.message);
  await runOperation("verify", (signal) => verifyImage(path, { unlock, onDamage }, signal), output);
}
