import { readFile } from "node:fs/promises";

export interface MountEntry {
  /** Major and minor number of the device that stat(2) gives for its files: "0:45". */
  readonly device: string;
  readonly type: string;
  readonly source: string;
  readonly point: string;
  /** Of the mounted file system: not "/" for a bind mount of a folder. */
  readonly root: string;
}

/** What is mounted now (proc(5), /proc/pid/mountinfo), in the order of mounting. Windows has nothing of the kind. */
export async function readMountTable(path = "/proc/self/mountinfo"): Promise<MountEntry[]> {
  if (process.platform === "win32") return [];
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  return lines.flatMap((line) => {
    const fields = line.split(" ");
    // Optional fields of unknown number stand before the separator.
    const separator = fields.indexOf("-", 6);
    const [, , device, root, point] = fields;
    const [type, source] = fields.slice(separator + 1);
    return separator > 0 && device && root && point && type && source
      ? { device, type, source: unescapeOctal(source), point: unescapeOctal(point), root: unescapeOctal(root) }
      : [];
  });
}

/** Space, tab, newline and backslash are written in octal. */
const unescapeOctal = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
