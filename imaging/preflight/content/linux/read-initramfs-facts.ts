import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { InitramfsFacts } from "#imaging/preflight/content/linux/linux-content.ts";
import { readEntries } from "#imaging/universal/linux/initramfs-content.ts";
import { moduleName } from "#imaging/universal/linux/kernels.ts";

export interface InitramfsRead {
  readonly facts: InitramfsFacts;
  /** Names of modules of this kernel in it, with underscores. */
  readonly modules: ReadonlySet<string>;
}

/** Programs by the name of their file, wherever they lie. */
const TOOLS = { lvm: ["lvm"], cryptsetup: ["cryptsetup", "systemd-cryptsetup"], mdadm: ["mdadm"] } as const;

/** What lies in files that are loaded one behind the other, for one kernel. @param paths of the system; they are there */
export async function readInitramfsFacts(
  tree: SystemTree,
  paths: readonly [string, ...string[]],
  version: string,
  signal?: AbortSignal,
): Promise<InitramfsRead> {
  const modules = new Set<string>();
  const programs = new Set<string>();
  let unread: string | undefined;
  for (const path of paths) {
    const problem = await readEntries(
      await tree.resolve(path),
      ({ name }) => {
        programs.add(name.slice(name.lastIndexOf("/") + 1));
        const module = moduleName(name);
        if (module !== undefined && name.includes(`lib/modules/${version}/`)) modules.add(module);
        // dracut's module "squash" puts everything into one file.
        if (/(^|\/)squash(?:fs)?[-/]root\.img$/.test(name)) unread = "its content is in a squashfs";
      },
      signal,
    );
    unread ??= problem;
  }
  const has = (names: readonly string[]) => names.some((name) => programs.has(name));
  const tools = { lvm: has(TOOLS.lvm), cryptsetup: has(TOOLS.cryptsetup), mdadm: has(TOOLS.mdadm) };
  return { facts: { path: paths[0], unread, hasModules: modules.size > 0, tools }, modules };
}
