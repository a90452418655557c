import { type BootOffer, LOADERS, SCRIPT } from "../dhcp/boot-policy.ts";
import type { Machine } from "../dhcp/boot-request.ts";
import type { ServedRoot } from "../net/served-root.ts";

/** Which computers the folder has something for: the first loader of each kind that is there. @param wanted comes before others */
export async function bootFiles(
  root: ServedRoot,
  wanted: "grub" | "ipxe" = "grub",
): Promise<Pick<BootOffer, "loaders" | "script">> {
  const loaders: Partial<Record<Machine, string>> = {};
  for (const [machine, names] of Object.entries(LOADERS) as [Machine, readonly string[]][]) {
    const isWanted = (name: string) => wanted === "ipxe" && isIpxe(name);
    const present = await firstOf(
      root,
      names.toSorted((a, b) => Number(isWanted(b)) - Number(isWanted(a))),
    );
    if (present !== undefined) loaders[machine] = present;
  }
  return { loaders, script: await firstOf(root, [SCRIPT]) };
}

const isIpxe = (name: string): boolean => /^(undionly|snponly|ipxe)/.test(name);

async function firstOf(root: ServedRoot, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const found = await root.find(name);
    if (typeof found === "string") continue;
    await found.handle.close();
    // An empty one, as an upload that broke off leaves it, starts nothing.
    if (found.size > 0) return name;
  }
  return undefined;
}
