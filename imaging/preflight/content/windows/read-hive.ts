import { LifeboatError } from "#base/errors.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";

const FOLDER = "Windows/System32/config";

/**
 * A hive of a Windows that does not run, as it would find it at its next start. Nothing is written.
 * @throws OPEN_FAILED when it is not there; what openHive() throws
 */
export async function readHive(tree: SystemTree, name: "SYSTEM" | "SOFTWARE"): Promise<Hive> {
  const path = `${FOLDER}/${name}`;
  const bytes = await tree.read(path);
  if (!bytes) throw new LifeboatError("OPEN_FAILED", { path, reason: "it is not there" });
  const [log1, log2, old] = await Promise.all(["LOG1", "LOG2", "LOG"].map((end) => tree.read(`${path}.${end}`)));
  const logs = { ...(log1 && { log1 }), ...(log2 && { log2 }), ...(old && { old }) };
  return openHive(bytes, logs, { file: path, allowDirty: true });
}
