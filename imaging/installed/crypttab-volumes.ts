import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { volumeCalled } from "#imaging/installed/volume-called.ts";

/** What crypttab(5) opens, by the paths under /dev/mapper that it gives. @param volumes containers among them */
export function crypttabVolumes(text: string, volumes: readonly InstalledVolume[]): Map<string, InstalledVolume> {
  const found = new Map<string, InstalledVolume>();
  for (const line of text.split("\n")) {
    const [name = "", device = ""] = line.trim().split(/\s+/);
    if (name === "" || name.startsWith("#")) continue;
    const outer = volumeCalled(device, volumes);
    const inner = outer && volumes.find((one) => isInside(one, outer));
    if (inner) found.set(`/dev/mapper/${name}`, inner);
  }
  return found;
}

/** Right inside of it, not in something that is. */
const isInside = ({ partition, inside }: InstalledVolume, outer: InstalledVolume): boolean =>
  partition === outer.partition &&
  inside.length === outer.inside.length + 1 &&
  outer.inside.every((name, i) => name === inside[i]);
