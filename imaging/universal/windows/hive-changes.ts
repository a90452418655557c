import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import {
  CONFIG,
  type HiveName,
  LOG_SUFFIXES,
  type WindowsRegistry,
} from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

const HIVES: readonly HiveName[] = ["SYSTEM", "SOFTWARE"];

/**
 * The hives that were changed, as files. Each is looked through once more as it will be written. Its logs are emptied behind it:
 * their numbers are below that of the new hive, so Windows would take nothing of theirs, but nobody has to rely on that.
 * @throws HIVE_DAMAGED: nothing of what is broken is ever written
 */
export async function hiveChanges(tree: SystemTree, registry: WindowsRegistry): Promise<SystemChange[]> {
  const changes: SystemChange[] = [];
  for (const name of HIVES) {
    const count = registry.changes.filter(({ hive }) => hive === name).length;
    if (count === 0) continue;
    const path = `${CONFIG}/${name}`;
    const content = registry.hive(name).toBytes();
    openHive(content, {}, { file: path }).check();
    const isWhole = registry.before(name).state === "clean";
    changes.push({ op: "write", path, content, ...say("windows.hive", { count, hive: name, isWhole }) });
    for (const suffix of LOG_SUFFIXES) {
      const log = await tree.read(`${path}${suffix}`);
      if (log && log.length > 0)
        changes.push({
          op: "write",
          path: `${path}${suffix}`,
          content: "",
          ...say("windows.hive-log", { hive: name }),
        });
    }
  }
  return changes;
}
