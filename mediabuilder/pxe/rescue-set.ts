import { stat } from "node:fs/promises";
import type { RescueSet } from "#base/medium/rescue-set.ts";
import { type BootMenu, kernelParameters, networkEntries } from "../boot-menu/entries.ts";
import type { Layer } from "../build-parts.ts";

/** Bytes of RAM that docs/media.md promises to do with, and what they are enough for. */
const TEXT_MEMORY = 448 << 20;
const SCREEN_MEMORY = 2 ** 31;
const TEXT_LAYERS = ["base", "lifeboat"];

/** How each rescue system of a set is started. */
export async function rescueSet(menu: BootMenu, layers: readonly Layer[]): Promise<RescueSet> {
  const sizes = new Map<string, number>();
  for (const { name, path } of layers) sizes.set(name, (await stat(path)).size);
  const more = (names: readonly string[]) =>
    names.filter((name) => !TEXT_LAYERS.includes(name)).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  return {
    ...{ format: 1, kernel: "vmlinuz", initramfs: "initrd.img" },
    entries: networkEntries(menu).map((entry) => ({
      ...{ kind: entry.kind, title: entry.title, parameters: kernelParameters(entry, menu) },
      memory: entry.kind === "screen" ? SCREEN_MEMORY : TEXT_MEMORY + more(entry.layers),
    })),
  };
}
