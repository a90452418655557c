import { join } from "node:path";
import { hashTree, run } from "#test/engine/filesystem/volume-image.ts";

/**
 * All that there is to know of the files in a folder, by the tools that others would ask: kinds, permissions, owners,
 * links, sizes, times, devices, ACLs, extended attributes, contents.
 */
export function describeTree(root: string): Record<string, unknown> {
  const inFolder = (tool: string, ...args: string[]) => run("env", "-C", root, tool, ...args);
  const fields = "%P|%y|%m|%U:%G|%n|%s|%T@|%l\\0";
  return {
    // A folder's size and number of names are its file system's own matter.
    entries: inFolder("find", ".", "-mindepth", "1", "-type", "d", "-printf", "%P|%m|%U:%G|%T@\\0").split("\0").sort(),
    files: inFolder("find", ".", "!", "-type", "d", "-printf", fields).split("\0").sort(),
    devices: inFolder("find", ".", "-type", "c", "-exec", "stat", "-c", "%n %t:%T", "{}", "+"),
    lists: sorted(inFolder("getfacl", "-R", "-P", "-n", ".")),
    attributes: sorted(inFolder("getfattr", "-R", "-P", "-h", "-d", "-m", "^(user|security|trusted)\\.", ".")),
    hashes: hashTree(root),
  };
}

/** Records of a dump, which come in the order in which a folder has its files. */
const sorted = (dump: string): string => dump.split("\n\n").sort().join("\n\n");

/** What a file takes on its disk. */
export const allocated = (root: string, name: string): number =>
  Number(run("stat", "-c", "%b", join(root, name))) * 512;
