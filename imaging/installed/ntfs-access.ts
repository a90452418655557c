import { isLifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** Who may use a new file of Windows. */
export type NtfsAccess = "everyone-reads" | "administrators";

const PURPOSE = "say who may use a file of Windows";
const ACL = "system.ntfs_acl";

// Security descriptors: [MS-DTYP] 2.4.6, 2.4.5, 2.4.4.2; well-known SIDs: 2.4.2.4.
const SELF_RELATIVE_WITH_PROTECTED_DACL = 0x9004;
const HEADER = 20;
const INHERITED_BY_ALL = 3;
const FULL = 0x1f01ff;
const READ_AND_EXECUTE = 0x1200a9;
const SYSTEM = [5, 18] as const;
const ADMINISTRATORS = [5, 32, 544] as const;
const USERS = [5, 32, 545] as const;

function sid([authority, ...parts]: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 + parts.length * 4);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUInt8(authority as number, 7);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + index * 4);
  return bytes;
}

function allowed(who: readonly number[], mask: number, flags: number): Buffer {
  const name = sid(who);
  const head = Buffer.alloc(8);
  head.writeUInt8(flags, 1);
  head.writeUInt16LE(8 + name.length, 2);
  head.writeUInt32LE(mask, 4);
  return Buffer.concat([head, name]);
}

/** Exported for its test. */
export function securityDescriptor(access: NtfsAccess, isFolder: boolean): Buffer {
  const flags = isFolder ? INHERITED_BY_ALL : 0;
  const entries = [allowed(SYSTEM, FULL, flags), allowed(ADMINISTRATORS, FULL, flags)];
  if (access === "everyone-reads") entries.push(allowed(USERS, READ_AND_EXECUTE, flags));
  const list = Buffer.concat([Buffer.alloc(8), ...entries]);
  list.writeUInt8(2, 0);
  list.writeUInt16LE(list.length, 2);
  list.writeUInt16LE(entries.length, 4);
  const [owner, group] = [sid(ADMINISTRATORS), sid(SYSTEM)];
  const head = Buffer.alloc(HEADER);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(SELF_RELATIVE_WITH_PROTECTED_DACL, 2);
  head.writeUInt32LE(HEADER + list.length, 4);
  head.writeUInt32LE(HEADER + list.length + owner.length, 8);
  head.writeUInt32LE(HEADER, 16);
  return Buffer.concat([head, list, owner, group]);
}

/** Whether a folder is on NTFS, by ntfs-3g: only there files have an access list of Windows. */
export async function isOnNtfs(folder: string): Promise<boolean> {
  try {
    await runTool("getfattr", ["--absolute-names", "--only-values", "-n", ACL, folder], PURPOSE);
    return true;
  } catch (error) {
    if (isLifeboatError(error, "TOOL_FAILED")) return false;
    throw error;
  }
}

/**
 * On NTFS: says who may use a new file, or a new folder with all that comes into it. ntfs-3g lets everybody do everything with what
 * it makes: with a driver, or a copy of the registry, that would be a way into the system.
 * @throws TOOL_FAILED, TOOL_MISSING
 */
export async function setAccess(path: string, access: NtfsAccess, isFolder = false): Promise<void> {
  const value = `0x${securityDescriptor(access, isFolder).toString("hex")}`;
  await runTool("setfattr", ["-n", ACL, "-v", value, path], PURPOSE);
}
