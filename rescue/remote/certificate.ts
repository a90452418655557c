import { X509Certificate } from "node:crypto";
import { selfSigned } from "#base/self-signed.ts";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256, as browsers show it: "AB:CD:...". */
  readonly fingerprint: string;
}

/**
 * A certificate of this start of this machine, which vouches for itself: no authority knows a machine that is being rescued. Browsers
 * warn of it; its fingerprint is on the machine's own screen.
 */
export function makeCertificate(addresses: readonly string[]): Certificate {
  const { key, cert } = selfSigned("lifeboat", addresses);
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
}
