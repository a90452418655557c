import { constants } from "node:fs";
import { type FileHandle, open, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";

export interface ServedFile {
  readonly handle: FileHandle;
  /** Relative to the root, with slashes. */
  readonly name: string;
  readonly size: number;
  readonly modified: Date;
}

/** Another content has another one, as far as size and time tell: an ETag without its quotation marks. */
export const versionOf = ({ size, modified }: Pick<ServedFile, "size" | "modified">): string =>
  `${size.toString(16)}-${Math.round(modified.getTime()).toString(16)}`;

/** Why a name is not served. */
export type Refusal = "missing" | "forbidden";

/** Names of firmware are short; Linux takes no longer path. */
const MOST_NAME = 4095;

/**
 * A folder of which files are offered to anybody in the network: nothing outside of it, whatever it is called by.
 * Names may begin with a slash and have backslashes, as firmware and Windows' boot manager have them; both mean the root
 * and its folders. Symbolic links work as long as they stay inside.
 */
export class ServedRoot {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @throws PXE_ROOT_MISSING */
  static async open(root: string): Promise<ServedRoot> {
    try {
      const path = await realpath(root);
      if (!(await stat(path)).isDirectory()) throw new Error("it is no folder");
      return new ServedRoot(path);
    } catch (cause) {
      const reason = plainReason((cause as Error).message);
      throw new LifeboatError("PXE_ROOT_MISSING", { root, reason }, { cause });
    }
  }

  /** Names in a folder, sorted. @returns undefined where there is none, or none inside */
  async list(asked: string): Promise<string[] | undefined> {
    const real = await this.#inside(safeParts(asked) ?? [".."]).catch(() => undefined);
    if (real === undefined) return undefined;
    return (await readdir(real).catch(() => undefined))?.toSorted();
  }

  /** @returns undefined for what lies outside @throws what the file system says */
  async #inside(parts: readonly string[]): Promise<string | undefined> {
    const real = await realpath(join(this.path, ...parts));
    return real.startsWith(this.path.endsWith(sep) ? this.path : this.path + sep) ? real : undefined;
  }

  /** A file that is open for reading, or why it is not. The caller closes it. */
  async find(asked: string): Promise<ServedFile | Refusal> {
    const parts = safeParts(asked);
    if (!parts) return "forbidden";
    try {
      const real = await this.#inside(parts);
      if (real === undefined) return "forbidden";
      // A FIFO would wait for a writer for ever, and a link that was put there just now is not followed.
      const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const info = await handle.stat().catch(() => undefined);
      if (info?.isFile()) return { handle, name: parts.join("/"), size: info.size, modified: info.mtime };
      await handle.close();
      return "forbidden";
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" ? "missing" : "forbidden";
    }
  }
}

/** The folders and the file that a name means; undefined for one that would lead up, or that no file can have. */
export function safeParts(asked: string): string[] | undefined {
  if (asked.length > MOST_NAME || asked.includes("\0")) return undefined;
  const parts = asked.split(/[/\\]+/).filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? undefined : parts;
}
