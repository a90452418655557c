import { randomBytes } from "node:crypto";
import { open, readFile, rm, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { connectBucket } from "#rescue/shares/connect-bucket.ts";
import { explainFailure } from "#rescue/shares/explain-failure.ts";
import { checkHostKey } from "#rescue/shares/host-key.ts";
import { type MountPlaces, planMount } from "#rescue/shares/mount-plan.ts";
import { reachServer } from "#rescue/shares/reach.ts";
import { runMount } from "#rescue/shares/run-mount.ts";
import { type FileShare, folderIn, type Share, serverOf } from "#rescue/shares/share.ts";
import { unmountShare } from "#rescue/shares/unmount-share.ts";

/**
 * Connects a share: is the server there, is it the right one, does it let us in, is the folder there.
 * @returns the folder for images
 * @throws SHARE_NAME_UNKNOWN, SHARE_NO_ANSWER, SHARE_NOT_SERVED, SHARE_HOST_KEY_UNKNOWN, SHARE_HOST_KEY_CHANGED, SHARE_DENIED,
 *   SHARE_FORBIDDEN, SHARE_MISSING, SHARE_FOLDER_MISSING, SHARE_UNSUITABLE, SHARE_FAILED, TOOL_MISSING; of a bucket what
 *   connectBucket throws
 */
export async function mountShare(share: Share, password: string | undefined, places: MountPlaces): Promise<string> {
  if (share.kind !== "s3") return await mountFileShare(share, password, places);
  await connectBucket(share, password ?? "", places.point);
  return places.point;
}

async function mountFileShare(share: FileShare, password: string | undefined, places: MountPlaces): Promise<string> {
  await reachServer(share);
  if (share.kind === "sftp") await checkHostKey(share);
  const plan = planMount(share, password, places);
  const since = await uptime();
  const outcome = await runMount(plan, places.point, places.work);
  if (outcome.status !== 0) throw explainFailure(share, outcome, await kernelLogSince(since));
  const folder = join(places.point, folderIn(share));
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return folder;
  await unmountShare(places.point);
  throw new LifeboatError("SHARE_FOLDER_MISSING", { server: share.server, folder: folderIn(share) });
}

/** Makes a small file and removes it. @throws SHARE_READ_ONLY with the reason */
export async function tryToWrite(share: Share, folder: string): Promise<void> {
  const path = join(folder, `.lifeboat-${randomBytes(6).toString("hex")}.tmp`);
  try {
    await using file = await open(path, "wx", 0o600);
    await file.write("Written and removed by a test of Lifeboat.\n");
    await file.sync();
  } catch (cause) {
    await rm(path, { force: true }).catch(() => {});
    const reason = reasonOf(cause as NodeJS.ErrnoException);
    throw new LifeboatError("SHARE_READ_ONLY", { server: serverOf(share), reason }, { cause });
  }
  await unlink(path);
}

const REASONS: Readonly<Record<string, string>> = {
  EROFS: "it is offered to be read only",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  ENOSPC: "it is full",
  EDQUOT: "this user's quota is used up",
  EPROTO: "it does not list at once what was written, as a repository needs it",
};
const reasonOf = ({ code, message }: NodeJS.ErrnoException): string => REASONS[code ?? ""] ?? message;

const uptime = async (): Promise<number> => Number((await readFile("/proc/uptime", "utf8")).split(" ")[0]);

/** The kernel's lines from a time on, in seconds since its start: "[  123.456789] CIFS: ...". */
async function kernelLogSince(seconds: number): Promise<string> {
  const text = await runTool("dmesg", [], "read the kernel's log").catch(() => "");
  const isNew = (line: string) => Number(/^\[ *(\d+\.\d+)\]/.exec(line)?.[1] ?? 0) >= seconds;
  return text.split("\n").filter(isNew).join("\n");
}
