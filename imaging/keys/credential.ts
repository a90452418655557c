import { isLifeboatError } from "#base/errors.ts";
import { KIND } from "#imaging/keys/key-area-format.ts";
import { passphraseBytes } from "#imaging/keys/passphrase.ts";
import { looksLikeRecoveryKey, parseRecoveryKey } from "#imaging/keys/recovery-key.ts";

/** What opens an image. A recovery key that is typed where a password is asked for opens it too. */
export interface Credential {
  readonly kind: "password" | "recovery";
  readonly text: string;
}

/** The bytes that scrypt takes, and the kind of slot that they may open. */
export interface Secret {
  readonly kind: typeof KIND.password | typeof KIND.recovery;
  readonly bytes: Buffer;
}

/** What a new slot is made of. @throws KEY_INVALID */
export const secretOf = ({ kind, text }: Credential): Secret =>
  kind === "password"
    ? { kind: KIND.password, bytes: passphraseBytes(text) }
    : { kind: KIND.recovery, bytes: parseRecoveryKey(text) };

/** All that the credential may mean when an image is opened with it. @throws KEY_INVALID */
export function secretsToTry(credential: Credential): Secret[] {
  const first = secretOf(credential);
  if (credential.kind === "recovery" || !looksLikeRecoveryKey(credential.text)) return [first];
  try {
    return [first, secretOf({ kind: "recovery", text: credential.text })];
  } catch (error) {
    if (isLifeboatError(error, "KEY_INVALID")) return [first];
    throw error;
  }
}

/** What to tell somebody whose credential opened nothing. */
export function whyNothingOpened({ kind, text }: Credential): string {
  if (kind === "recovery") return "it is typed as one is written, but belongs to another image or was removed";
  if (!looksLikeRecoveryKey(text)) return "no password of the image is this one";
  return "it looks like a recovery key, and is mistyped or belongs to another image";
}
