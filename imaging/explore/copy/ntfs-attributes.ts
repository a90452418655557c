import { basename, dirname } from "node:path";
import type { Job } from "#imaging/explore/copy/copy-scan.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

/**
 * ntfs-3g gives these by name alone and lists them nowhere (ntfs-3g(8), "extended attributes"), so that no tool that
 * copies files takes them along. The descriptor comes last: nothing of a file is written after it.
 */
const NAMES = ["system.ntfs_attrib", "system.ntfs_crtime", "system.ntfs_acl"] as const;
const PURPOSE = "copy what NTFS knows of files";
/** A dump of that many lines is set at once: each has a file's name and one value. */
const BATCH = 20_000;

/** Gives copies on NTFS what their originals have. @returns what could not be set, in setfattr's words */
export async function copyNtfsAttributes({ place, target }: Job, signal: AbortSignal): Promise<string[]> {
  const complaints: string[] = [];
  const [from, name, to, isFolder] = await endsOf(place.path, target, signal);
  for (const attribute of NAMES) {
    const args = ["-C", from, "getfattr", "-R", "-P", "-h", "-e", "base64", "-n", attribute, "--", name];
    let lines: string[] = [];
    const flush = async () => {
      const input = `${lines.join("\n")}\n`;
      lines = [];
      const onComplaint = (line: string) => complaints.push(line);
      const set = ["-C", to, "setfattr", "-h", "--restore=-"];
      for await (const _ of streamTool("env", set, { purpose: PURPOSE, separator: "\n", input, onComplaint, signal }));
    };
    for await (const line of streamTool("env", args, { purpose: PURPOSE, separator: "\n", signal })) {
      if (line === "" && lines.length > BATCH) await flush();
      // A file that was given another name is the only one of its dump.
      lines.push(!isFolder && line.startsWith("# file: ") ? `# file: ${quoted(basename(target))}` : line);
    }
    await flush();
  }
  return complaints;
}

/** A folder is entered, so that names in the dump are the same for both; env(1) does it, as this process must not (fuse-server.ts). */
async function endsOf(path: string, target: string, signal: AbortSignal): Promise<[string, string, string, boolean]> {
  let isFolder = true;
  const test = streamTool("test", ["-d", path], { purpose: PURPOSE, separator: "\n", signal });
  for (let step = await test.next(); ; step = await test.next())
    if (step.done) {
      isFolder = step.value === 0;
      break;
    }
  return isFolder ? [path, ".", target, true] : [dirname(path), basename(path), dirname(target), false];
}

/** As getfattr(1) writes names: what is no plain character in octal. */
const quoted = (name: string): string =>
  [...Buffer.from(name)]
    .map((byte) =>
      byte > 32 && byte < 127 && byte !== 92 && byte !== 61
        ? String.fromCharCode(byte)
        : `\\${byte.toString(8).padStart(3, "0")}`,
    )
    .join("");
