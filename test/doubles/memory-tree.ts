import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** The files of a system in memory, without links; paths begin with a slash. Changes are done to `files`. */
export function memoryTree(files: Map<string, Buffer>): SystemTree & { apply(changes: readonly SystemChange[]): void } {
  const plain = (path: string) => `/${path.split("/").filter(Boolean).join("/")}`;
  const isFolder = (path: string) => [...files.keys()].some((name) => name.startsWith(`${plain(path)}/`));
  const read = async (path: string) => files.get(plain(path));
  return {
    root: "/nowhere",
    resolve: async (path) => `/nowhere${plain(path)}`,
    real: async (path) => plain(path),
    read,
    text: async (path) => (await read(path))?.toString("utf8"),
    kind: async (path) => (files.has(plain(path)) ? "file" : isFolder(path) ? "folder" : undefined),
    async list(path) {
      const start = plain(path) === "/" ? "/" : `${plain(path)}/`;
      const inside = [...files.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
      return [...new Set(inside.map((name) => name.split("/")[0] ?? ""))].sort();
    },
    apply(changes) {
      for (const change of changes)
        if (change.op === "write") files.set(plain(change.path), Buffer.from(change.content as Uint8Array));
        else if (change.op === "remove") files.delete(plain(change.path));
    },
  };
}
