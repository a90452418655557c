import { mountOf } from "#imaging/boot/grub/grub-place.ts";
import { shellSettings } from "#imaging/boot/grub/shell-settings.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** What a kernel has to be told of its root: "root=UUID=... rootflags=subvol=@". Undefined when nothing names it. */
export function rootOptions(system: InstalledSystem): string | undefined {
  const root = mountOf(system, "/");
  if (!root) return undefined;
  const { volume, subvolume } = root;
  const device = lvmPath(volume.inside.at(-1), volume.inside.length) ?? (volume.uuid && `UUID=${volume.uuid}`);
  if (device === undefined || device === "") return undefined;
  const flags = volume.filesystem === "btrfs" && subvolume ? [`rootflags=subvol=${subvolume}`] : [];
  return [`root=${device}`, ...flags].join(" ");
}

/** A logical volume by the name under which initramfs programs activate it (lvm(8), "VALID NAMES": a dash is doubled). */
function lvmPath(name: string | undefined, depth: number): string | undefined {
  const [, group, volume] = depth > 0 ? (/^([^/]+)\/([^/]+)$/.exec(name ?? "") ?? []) : [];
  if (group === undefined || volume === undefined) return undefined;
  const doubled = (text: string) => text.replaceAll("-", "--");
  return `/dev/mapper/${doubled(group)}-${doubled(volume)}`;
}

/** /etc/default/grub and the files that go on with it, as grub-mkconfig reads them. */
export async function grubDefaults(tree: SystemTree): Promise<Record<string, string>> {
  let settings = shellSettings((await tree.text("/etc/default/grub")) ?? "");
  for (const name of await tree.list("/etc/default/grub.d"))
    if (name.endsWith(".cfg"))
      settings = shellSettings((await tree.text(`/etc/default/grub.d/${name}`)) ?? "", settings);
  return settings;
}
