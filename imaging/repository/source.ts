import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { errnoReason } from "#imaging/system/errno.ts";

/**
 * Where the files of a repository are read from. Paths are those of docs/format/repository.md, with slashes. A source
 * never returns fewer bytes than it was asked for. `test/conformance/repository-source.ts` holds all of them to this.
 */
export interface RepositorySource {
  /** For people, and to find the source again: a folder or an address. */
  readonly place: string;
  /** Names in a folder; none when there is no such folder. @throws READ_FAILED */
  list(folder: string): Promise<string[]>;
  /** Bytes of a file. @throws OPEN_FAILED when there is none, READ_FAILED */
  size(path: string): Promise<number>;
  /** @throws OPEN_FAILED when there is no such file; READ_FAILED, also when it ends before */
  read(path: string, offset: number, length: number): Promise<Uint8Array>;
}

export function openFolderSource(root: string): RepositorySource {
  const failed = (path: string, offset: number, cause: unknown): LifeboatError => {
    const details = { device: join(root, path), offset, reason: errnoReason(cause) };
    return new LifeboatError("READ_FAILED", details, { cause });
  };
  const notThere = (path: string, cause: unknown) =>
    new LifeboatError("OPEN_FAILED", { path: join(root, path), reason: errnoReason(cause) }, { cause });
  return {
    place: root,
    list: (folder) =>
      readdir(join(root, folder)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "ENOENT") return [];
        throw failed(folder, 0, cause);
      }),
    size: async (path) => {
      const { size } = await stat(join(root, path)).catch((cause: unknown) => {
        throw notThere(path, cause);
      });
      return size;
    },
    async read(path, offset, length) {
      await using file = await open(join(root, path), "r").catch((cause: unknown) => {
        throw notThere(path, cause);
      });
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done).catch((cause: unknown) => {
          throw failed(path, offset + done, cause);
        });
        if (bytesRead === 0) throw failed(path, offset + done, new Error("the file ends before"));
        done += bytesRead;
      }
      return bytes;
    },
  };
}
