import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import { type SystemTree, systemTree } from "#imaging/installed/system-tree.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder that stands for the root of an installed system, or for an EFI system partition. */
export async function systemFolder(
  files: Files,
): Promise<AsyncDisposable & { readonly root: string; tree: SystemTree }> {
  const root = await mkdtemp(join(tmpdir(), "lifeboat-system-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { root, tree: systemTree(root), [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

export const installedVolume = (
  partition: number,
  filesystem: string,
  more: Partial<InstalledVolume> = {},
): InstalledVolume => ({
  ...{ partition, filesystem, inside: [], uuid: `aaaaaaaa-0000-4000-8000-00000000000${partition}`, label: undefined },
  ...{ partitionUuid: `bbbbbbbb-0000-4000-8000-00000000000${partition}`, partitionName: undefined },
  partitionType: "0fc63daf-8483-4772-8e79-3d69d8477de4",
  ...more,
});

/** A Linux whose root is partition 3, unless its mounts say otherwise. */
export function installedLinux(root: string, more: Partial<InstalledSystem> = {}): InstalledSystem {
  const volume = installedVolume(3, "ext4");
  return {
    ...{ kind: "linux", name: "Some Linux 7", root, efi: [], missing: [] },
    ...{ mounts: [{ folder: "/", volume }], volumes: [volume] },
    ...more,
  };
}
