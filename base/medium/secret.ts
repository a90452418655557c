import * as z from "zod";

/** How the rescue system gets a password. none: there is none to give. The password itself is never in the settings. */
export const PasswordFrom = z.enum(["none", "ask", "sealed"]);

/** One password that the medium needs. */
export interface SecretUse {
  /** Its key in the sealed box. */
  readonly name: string;
  /** Where a file of secrets has it: ["wifi", the SSID], ["places", the name], ["proxy"]. */
  readonly key: readonly string[];
  /** For people: "the password of the Wi-Fi network Office". */
  readonly what: string;
  /** ask: the rescue system asks when it needs it; sealed: it is in the box. */
  readonly from: "ask" | "sealed";
}

/** The name of a secret: what it opens, and for whom, so that it opens nothing else. */
export const secretName = (...use: readonly (string | number)[]): string => JSON.stringify(use);

/**
 * All passwords of a medium, sealed with one passphrase that is asked for at boot: AES-256-GCM under a key by scrypt
 * (imaging/keys/sealed-box.ts). The plain text is a JSON object, from the name of a secret (`secretsOf`) to the secret. A name says
 * where the secret may be sent, so a changed address in the settings gets none. Bytes are in base64.
 */
export const SealedBox = z.strictObject({
  kdf: z.literal("scrypt"),
  log2N: z.int().min(10).max(20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: z.base64(),
  nonce: z.base64(),
  sealed: z.base64(),
  tag: z.base64(),
});
export type SealedBox = z.infer<typeof SealedBox>;
