import type { Sentence } from "#base/sentence.ts";
import { texts } from "#imaging/registry/value.ts";
import { type HasFile, serviceFile } from "#imaging/universal/windows/service-file.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/** Classes of devices between Windows and its disk: with a filter of theirs that cannot be loaded, Windows has no disk. */
const CLASSES: Readonly<Record<string, Sentence>> = {
  "{4d36e967-e325-11ce-bfc1-08002be10318}": say("windows.disks"),
  "{4d36e97b-e325-11ce-bfc1-08002be10318}": say("windows.controllers"),
  "{4d36e96a-e325-11ce-bfc1-08002be10318}": say("windows.ide-controllers"),
  "{71a27cdd-812a-11d0-bec7-08002be2092f}": say("windows.volumes"),
};

/**
 * Takes filters out of the way to the disk whose driver is gone: of backup programs, encryption, and virtual machines'
 * tools that were removed by halves.
 */
export async function removeLostFilters(registry: WindowsRegistry, hasFile: HasFile): Promise<void> {
  for (const set of registry.controlSets)
    for (const [guid, devices] of Object.entries(CLASSES))
      for (const name of ["UpperFilters", "LowerFilters"]) {
        const key = `${set}\\Control\\Class\\${guid}`;
        const filters = registry.value("SYSTEM", key, name)?.texts ?? [];
        const kept: string[] = [];
        for (const filter of filters) if (await isThere(registry, hasFile, set, filter)) kept.push(filter);
        if (kept.length === filters.length) continue;
        const lost = filters.filter((filter) => !kept.includes(filter));
        const why = say("windows.filter", { list: lost, devices });
        if (kept.length > 0) registry.set("SYSTEM", key, name, texts(kept), why);
        else registry.remove("SYSTEM", key, name, why);
      }
}

const isThere = async (registry: WindowsRegistry, hasFile: HasFile, set: string, filter: string): Promise<boolean> => {
  const service = registry.key("SYSTEM", `${set}\\Services\\${filter}`);
  return service !== undefined && (await hasFile(serviceFile(service, filter)));
};
