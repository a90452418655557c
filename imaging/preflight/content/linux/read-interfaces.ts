import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { readText } from "#imaging/preflight/content/read-text.ts";

const MOST_FILES = 200;

/** Where systems say what to do with a network interface, and how they name it there. */
const PLACES: readonly (readonly [folder: string, file: RegExp, name: RegExp])[] = [
  // interfaces(5)
  ["/etc/network", /^interfaces$/, /^\s*iface\s+(\S+)/gm],
  ["/etc/network/interfaces.d", /./, /^\s*iface\s+(\S+)/gm],
  // Red Hat and SUSE: ifcfg(5)
  ["/etc/sysconfig/network-scripts", /^ifcfg-/, /^DEVICE=["']?([^"'\s]+)/gm],
  ["/etc/sysconfig/network", /^ifcfg-/, /^DEVICE=["']?([^"'\s]+)/gm],
  // nm-settings-keyfile(5)
  ["/etc/NetworkManager/system-connections", /\.nmconnection$/, /^interface-name=(\S+)/gm],
  // systemd.network(5)
  ["/etc/systemd/network", /\.network$/, /^Name=(\S+)/gm],
  // netplan(5): two deep, below "ethernets:"
  ["/etc/netplan", /\.ya?ml$/, /^ {4}([\w.-]+):\s*$/gm],
];

/** Names of the interfaces that a system's network settings are for; patterns and the loopback are left out. */
export async function readInterfaces(tree: SystemTree): Promise<string[]> {
  const names = new Set<string>();
  for (const [folder, file, name] of PLACES)
    for (const one of (await tree.list(folder)).filter((found) => file.test(found)).slice(0, MOST_FILES))
      for (const [, found = ""] of ((await readText(tree, `${folder}/${one}`)) ?? "").matchAll(name))
        if (found !== "lo" && !/[*?[\]!]/.test(found)) names.add(found);
  return [...names].sort();
}
