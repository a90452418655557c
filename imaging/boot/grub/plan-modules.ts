import type { GrubModules } from "#imaging/boot/grub/grub-modules.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { say } from "#imaging/words/say.ts";

/**
 * GRUB's modules beside its menu, of the same version as the image that will load them (GRUB refuses no other ones, and
 * crashes). None where they lie there already. @param folder "/boot/grub"
 */
export async function planModules(modules: GrubModules, tree: SystemTree, folder: string): Promise<SystemChange[]> {
  const target = `${folder}/${modules.platform}`;
  if (modules.of === "system" && (await tree.real(modules.folder)) === (await tree.real(target))) return [];
  const changes: SystemChange[] = [];
  for (const name of modules.names.filter((one) => /\.(mod|lst)$/.test(one))) {
    const content = await modules.tree.read(`${modules.folder}/${name}`);
    const before = await tree.read(`${target}/${name}`);
    if (!content || (before && Buffer.compare(before, content) === 0)) continue;
    const why = say("boot.module", { file: name, isOwn: modules.of === "system" });
    changes.push({ op: "write", path: `${target}/${name}`, content, ...why, mode: 0o644 });
  }
  return changes;
}
