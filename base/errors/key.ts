import { entry, NOTHING_WRITTEN } from "#base/errors/entry.ts";

/** Passwords and keys, of encrypted images and of encrypted volumes. */
export const keyErrors = {
  IMAGE_LOCKED: entry<{ file: string }>(
    403,
    7,
    (d) => `${d.file} is encrypted, and no password was given`,
    NOTHING_WRITTEN,
    "Give the password or the recovery key: with --password-file, in LIFEBOAT_PASSWORD, or at the prompt.",
  ),
  IMAGE_UNLOCK_FAILED: entry<{ file: string; tried: string; problem: string }>(
    403,
    7,
    (d) => `${d.file} is not opened by ${d.tried}: ${d.problem}`,
    NOTHING_WRITTEN,
    "Check upper and lower case and the keyboard layout, or use another of the image's passwords or its recovery key.",
  ),
  IMAGE_NOT_ENCRYPTED: entry<{ file: string }>(
    409,
    7,
    (d) => `${d.file} is not encrypted, so it has no keys`,
    NOTHING_WRITTEN,
    "Use it without a password. To have it encrypted, capture again with --encrypt.",
  ),
  KEY_CHANGE_REFUSED: entry<{ file: string; problem: string }>(
    409,
    7,
    (d) => `the keys of ${d.file} cannot be changed: ${d.problem}`,
    NOTHING_WRITTEN,
    "Look at the keys with `lifeboat image key list`: another one has to be given, added or removed first.",
  ),
  UNLOCK_FAILED: entry<{ volume: string; problem: string }>(
    403,
    7,
    (d) => `${d.volume} cannot be unlocked: ${d.problem}`,
    NOTHING_WRITTEN,
    "Check the key: upper and lower case, the keyboard layout, and that the file holds the key alone. Without a key it can be captured sector by sector.",
  ),
  PASSWORD_MISSING: entry<{ what: string; option: string }>(
    401,
    2,
    (d) => `${d.what} is needed, and none was given: ${d.option} was not used, and there is no terminal to ask on`,
    NOTHING_WRITTEN,
    "Give it in a file (--password-file FILE, - for standard input) or in the environment variable LIFEBOAT_PASSWORD, or run the command on a terminal, where it asks.",
  ),
  KEY_INVALID: entry<{ what: string; problem: string }>(
    400,
    2,
    (d) => `${d.what} cannot be used: ${d.problem}`,
    NOTHING_WRITTEN,
    "Enter it again.",
  ),
} as const;
