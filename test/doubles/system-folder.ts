import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import type { InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";

/** A system that is a folder of this machine: paths and texts; "-> target" is a link. Remove it when done. */
export function systemFolder(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), "lifeboat-system-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (text.startsWith("-> ")) symlinkSync(text.slice(3), join(root, path));
    else writeFileSync(join(root, path), text);
  }
  const tree = systemTree(root);
  return {
    root,
    tree,
    text: (path: string): string => readFileSync(join(root, path), "utf8"),
    link: (path: string): string => readlinkSync(join(root, path)),
    mode: (path: string): number => statSync(join(root, path)).mode & 0o777,
    has: (path: string): boolean => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined,
    /** Does what is done with files; programs, which the folder does not have, are left out. */
    async apply(changes: readonly SystemChange[]): Promise<void> {
      const wanted = changes.filter(({ op }) => op !== "run");
      await applyChanges(tree, wanted, { keepIn: "/var/lib/lifeboat/then", signal: new AbortController().signal });
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Commands of those changes that run a program. */
export const commandsOf = (changes: readonly SystemChange[]): string[] =>
  changes.flatMap((change) => (change.op === "run" ? [change.command.join(" ")] : []));

export const volume = (
  partition: number,
  filesystem: string,
  more: Partial<InstalledVolume> = {},
): InstalledVolume => ({
  ...{ partition, filesystem, inside: [], label: undefined, partitionName: undefined, partitionType: "0x83" },
  uuid: `0000000${partition}-aaaa-4bbb-8ccc-dddddddddddd`,
  partitionUuid: `1111111${partition}-aaaa-4bbb-8ccc-dddddddddddd`,
  ...more,
});

/** @param mounts folder and place in `volumes` */
export function installedLinux(
  root: string,
  volumes: readonly InstalledVolume[],
  mounts: Readonly<Record<string, number>>,
): InstalledSystem {
  const mounted = Object.entries(mounts).map(([folder, at]) => ({ folder, volume: volumes[at] as InstalledVolume }));
  return { kind: "linux", name: "Linux", root, mounts: mounted, efi: [], volumes, missing: [] };
}
