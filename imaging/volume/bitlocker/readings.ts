import { withoutLineEnd } from "#imaging/volume/volume-key.ts";

/** Eight groups of six digits, each a multiple of 11; people leave out or change what is between them. */
const RECOVERY_PASSWORD = /(?<!\d)(?:\d{6}[-–— ]?){7}\d{6}(?!\d)/g;
/** Larger than the text file in which Windows saves a recovery key, which is UTF-16. */
const MAX_TEXT = 64 << 10;

/**
 * What a key for BitLocker may mean: the recovery password in it, in the form that cryptsetup knows (55 characters),
 * a password with or without a line's end, or a startup key file (.BEK) as it is.
 */
export function bitLockerReadings(key: Uint8Array): Uint8Array[] {
  const encoder = new TextEncoder();
  const passwords = key.length > MAX_TEXT ? [] : [...recoveryPasswords(key)];
  return [...passwords.map((password) => encoder.encode(password)), ...withoutLineEnd(key)];
}

function recoveryPasswords(key: Uint8Array): Set<string> {
  const found = new Set<string>();
  for (const encoding of ["utf-8", "utf-16le"])
    for (const [match] of new TextDecoder(encoding).decode(key).matchAll(RECOVERY_PASSWORD)) {
      const groups = match.replace(/\D/g, "").match(/\d{6}/g) ?? [];
      if (groups.every((group) => Number(group) % 11 === 0)) found.add(groups.join("-"));
    }
  return found;
}
