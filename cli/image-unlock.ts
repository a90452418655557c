import { LifeboatError } from "#base/errors.ts";
import { type Environment, passwordOf, readPassword } from "#cli/password-input.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";

export interface UnlockOptions {
  passwordFile?: string;
}

/**
 * Asks for the password of an image that turns out to be encrypted, and for that of none else. The image's key is
 * kept: a job that opens its image again does not ask again.
 */
export function unlockWith(
  { passwordFile }: UnlockOptions,
  { password }: Environment,
): (path: string) => Promise<Uint8Array> {
  let key: Promise<Uint8Array> | undefined;
  return (path) => {
    key ??= readPassword({
      what: passwordOf(path),
      option: "--password-file",
      file: passwordFile,
      environment: password,
    }).then((text) => imageKeyOf(path, { kind: "password", text }));
    return key;
  };
}

/**
 * Who names a password file expects an encrypted image. Whoever can write to the file could have put a plain one of his
 * own in its place, and a restore would start what is in it. @throws USAGE
 */
export function refusePlain(
  { path, encrypted }: { readonly path: string; readonly encrypted: boolean },
  { passwordFile }: { readonly passwordFile?: string | undefined },
) {
  if (encrypted || passwordFile === undefined) return;
  const problem = `${path} is not encrypted: is it what this password is for? To go on all the same, leave --password-file out`;
  throw new LifeboatError("USAGE", { problem });
}
