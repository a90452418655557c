import { execFileSync } from "node:child_process";
import { chownSync, lchownSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import type { Environment } from "#cli/password-input.ts";

/** All that a server needs of root's: ports below 1024, those of DHCP, TFTP and HTTP; the one of a DHCP client now and then. */
const CAPABILITY = "net_bind_service";

/**
 * Starts this command anew in the place of this process, as another user who keeps one capability and can get no other. Before anything is
 * opened: so nothing is left that root has opened, and what has to be opened later (port 68 every ten minutes) can be.
 * @returns false: it runs as that user already @throws SERVER_USER_FAILED
 */
export function becomeUser(user: string, stateFolder: string, { self, words }: Environment): boolean {
  const failed = (cause: unknown) =>
    new LifeboatError("SERVER_USER_FAILED", { user, reason: plainReason((cause as Error).message) }, { cause });
  let ids: readonly [uid: number, gid: number];
  try {
    ids = [idOf("-u", user), idOf("-g", user)];
  } catch (cause) {
    throw failed(cause);
  }
  const [uid, gid] = ids;
  if (process.getuid?.() === uid) return false;
  if (process.getuid?.() !== 0) throw failed(new Error("only root can become somebody else"));
  if (uid === 0) throw failed(new Error("that is root"));
  try {
    giveFolder(stateFolder, uid, gid);
  } catch (cause) {
    throw failed(cause);
  }
  const none = (list: string) => `--${list}=-all,+${CAPABILITY}`;
  const become = ["--reuid", String(uid), "--regid", String(gid), "--init-groups", "--no-new-privs"];
  const kept = [none("bounding-set"), none("inh-caps"), none("ambient-caps")];
  const setpriv = "/usr/bin/setpriv";
  try {
    // The same process, so whoever has started it can end it.
    process.execve?.(setpriv, [setpriv, ...become, ...kept, "--", ...self, ...words], process.env);
  } catch (cause) {
    throw failed(cause);
  }
  throw failed(new Error("this Node cannot start another program in its place"));
}

const idOf = (which: "-u" | "-g", user: string): number =>
  Number(execFileSync("id", [which, "--", user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));

/**
 * What root's earlier runs have left there becomes the user's. Only where nobody else could have put it there: in a folder of somebody else's, a
 * link might lead root to a file that is not meant.
 */
function giveFolder(folder: string, uid: number, gid: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  const { uid: owner, mode } = lstatSync(folder);
  if (owner !== 0 || (mode & 0o022) !== 0) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isFile()) lchownSync(path, uid, gid);
  }
  chownSync(folder, uid, gid);
}
