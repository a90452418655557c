import { createHash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { FileShare } from "#rescue/shares/share.ts";

type Sftp = Extract<FileShare, { kind: "sftp" }>;

/** The kinds of keys that servers have, the best first. */
const KINDS = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"];

/** As `ssh-keygen -l` shows it: SHA256 in base64 without padding. */
export const fingerprint = (hostKey: string): string =>
  `SHA256:${createHash("sha256")
    .update(Buffer.from(hostKey.split(" ")[1] ?? "", "base64"))
    .digest("base64")
    .replace(/=+$/, "")}`;

/**
 * Makes sure that the server is the one whose key somebody has confirmed, before any password goes there.
 * @throws SHARE_HOST_KEY_UNKNOWN with the key to confirm, SHARE_HOST_KEY_CHANGED, SHARE_FAILED
 */
export async function checkHostKey({ server, port, hostKey }: Sftp): Promise<void> {
  const keys = await shownKeys(server, port);
  const best = KINDS.map((kind) => keys.find((key) => key.startsWith(`${kind} `))).find((key) => key !== undefined);
  if (best === undefined) throw new LifeboatError("SHARE_FAILED", { server, reason: "it shows no key of its own" });
  if (hostKey === undefined)
    throw new LifeboatError("SHARE_HOST_KEY_UNKNOWN", { server, fingerprint: fingerprint(best), hostKey: best });
  if (!keys.includes(hostKey))
    throw new LifeboatError("SHARE_HOST_KEY_CHANGED", { server, fingerprint: fingerprint(best) });
}

/** ssh-keyscan(1): a line a key, "host type base64"; what it says about versions is a comment. */
async function shownKeys(server: string, port: number): Promise<string[]> {
  const text = await runTool(
    "ssh-keyscan",
    ["-T", "10", "-p", String(port), "--", server],
    "read the key of an SSH server",
  ).catch((cause) => {
    throw new LifeboatError("SHARE_FAILED", { server, reason: (cause as Error).message }, { cause });
  });
  return text.split("\n").flatMap((line) => {
    const [, kind, key] = line.startsWith("#") ? [] : line.split(" ");
    return kind !== undefined && key !== undefined ? [`${kind} ${key}`] : [];
  });
}
