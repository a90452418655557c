import { chmod, chown, link, mkdtemp, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createError } from "#imaging/system/file-errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** What the file system of a target keeps of a file beside its content. */
export interface Abilities {
  readonly owners: boolean;
  readonly permissions: boolean;
  readonly symbolicLinks: boolean;
  readonly hardLinks: boolean;
  readonly specialFiles: boolean;
  readonly attributes: boolean;
  readonly accessLists: boolean;
  readonly holes: boolean;
  /** It is NTFS, by ntfs-3g. */
  readonly ntfs: boolean;
}

const PURPOSE = "see what the target can keep";

/** POSIX ACL as the kernel stores it (linux/posix_acl_xattr.h): version 2, then tag, permissions and id of each entry. */
const ACCESS_LIST =
  "0x02000000" +
  ["01000600ffffffff", "0200040039300000", "04000400ffffffff", "10000400ffffffff", "20000000ffffffff"].join("");

/** Tries it out in a folder of its own: what a file system is called says little about what it was mounted with. */
export async function tryAbilities(folder: string): Promise<Abilities> {
  const place = await mkdtemp(join(folder, ".lifeboat-")).catch((cause: unknown) => {
    throw createError(folder, cause);
  });
  try {
    const file = join(place, "file");
    await writeFile(file, "");
    return {
      owners: await works(
        () => chown(file, 12_345, 12_345),
        async () => (await stat(file)).uid === 12_345,
      ),
      permissions: await works(
        () => chmod(file, 0o640),
        async () => ((await stat(file)).mode & 0o777) === 0o640,
      ),
      symbolicLinks: await works(() => symlink("file", join(place, "link"))),
      hardLinks: await works(() => link(file, join(place, "name"))),
      specialFiles: await works(
        () => runTool("mkfifo", [join(place, "fifo")], PURPOSE),
        async () => (await stat(join(place, "fifo"))).isFIFO(), // exfat-fuse makes a file of it, and says nothing
      ),
      attributes: await hasAttribute("user.lifeboat", "1", file),
      accessLists: await hasAttribute("system.posix_acl_access", ACCESS_LIST, file),
      holes: await works(
        () => truncate(file, 1 << 20),
        async () => (await stat(file)).blocks === 0,
      ),
      ntfs: await works(() => runTool("getfattr", ["-h", "-n", "system.ntfs_acl", file], PURPOSE)),
    };
  } finally {
    await rm(place, { recursive: true, force: true }).catch(() => {});
  }
}

async function works(attempt: () => Promise<unknown>, isThere: () => Promise<boolean> = async () => true) {
  try {
    await attempt();
    return await isThere();
  } catch (error) {
    // Without the tool nothing could be kept, nor said about it.
    if ((error as { code?: unknown }).code === "TOOL_MISSING") throw error;
    return false;
  }
}

const hasAttribute = (name: string, value: string, file: string): Promise<boolean> =>
  works(() => runTool("setfattr", ["-h", "-n", name, "-v", value, file], PURPOSE));
