import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { Edit } from "#imaging/registry/edit.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import type { Key } from "#imaging/registry/key.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { sameData, type Value, type ValueData } from "#imaging/registry/value.ts";
import { partWords } from "#imaging/words/part-words.ts";

export type HiveName = "SYSTEM" | "SOFTWARE";

/** Where Windows keeps its hives. */
export const CONFIG = "/Windows/System32/config";
export const LOG_SUFFIXES = [".LOG", ".LOG1", ".LOG2"] as const;

/** One change of a value, and why. */
export interface RegistryChange extends Readonly<Sentence> {
  readonly hive: HiveName;
  readonly edit: Edit & { readonly kind: "set" | "delete-value" };
  readonly before: Value | undefined;
}

/**
 * The hives of a Windows that does not run, with all that is changed in them. They are read whole and changed in memory;
 * what has to be written is in `changes`, in its order.
 */
export class WindowsRegistry {
  readonly changes: RegistryChange[] = [];
  /** Hives as they were read, and as they become. */
  readonly #hives: Readonly<Record<HiveName, { readonly before: Hive; readonly now: Hive }>>;
  /** Keys of the control sets that Windows can start with: "ControlSet001". Never empty. */
  readonly controlSets: readonly string[];

  constructor(hives: Readonly<Record<HiveName, { readonly before: Hive; readonly now: Hive }>>) {
    this.#hives = hives;
    this.controlSets = controlSetsOf(hives.SYSTEM.before);
  }

  hive(name: HiveName): Hive {
    return this.#hives[name].now;
  }

  /** As it was read: not changed. */
  before(name: HiveName): Hive {
    return this.#hives[name].before;
  }

  key(hive: HiveName, path: string): Key | undefined {
    return this.#hives[hive].now.root.find(path);
  }

  value(hive: HiveName, key: string, name: string): Value | undefined {
    return this.key(hive, key)?.value(name);
  }

  /** Nothing where it is so already. */
  set(hive: HiveName, key: string, name: string, data: ValueData, why: Sentence): void {
    const before = this.value(hive, key, name);
    if (before && sameData(before, data)) return;
    this.#hives[hive].now.root.create(key).set(name, data);
    this.changes.push({ hive, edit: { kind: "set", key, name, data }, before, ...why });
  }

  remove(hive: HiveName, key: string, name: string, why: Sentence): void {
    const before = this.value(hive, key, name);
    if (!before) return;
    this.key(hive, key)?.deleteValue(name);
    this.changes.push({ hive, edit: { kind: "delete-value", key, name }, before, ...why });
  }
}

/** Of the numbers in SYSTEM\Select, those that are there. CurrentControlSet is made by Windows when it runs. */
function controlSetsOf(system: Hive): string[] {
  const select = system.root.find("Select");
  const numbers = ["Current", "Default", "LastKnownGood", "Failed"]
    .map((name) => select?.value(name)?.number ?? 0)
    .filter((number) => number > 0);
  const names = [...new Set(numbers)].map((number) => `ControlSet${String(number).padStart(3, "0")}`);
  const there = names.filter((name) => system.root.find(name));
  if (there.length > 0) return there;
  throw new LifeboatError("WINDOWS_UNKNOWN", {
    file: system.file,
    problem: partWords["installation.no-control-set"],
  });
}

/**
 * @throws WINDOWS_UNKNOWN when there is no Windows; HIVE_DIRTY, HIVE_DAMAGED, NOT_A_HIVE, HIVE_UNSUPPORTED
 */
export async function openWindowsRegistry(tree: SystemTree): Promise<WindowsRegistry> {
  const opened = async (name: HiveName) => {
    const file = `${CONFIG}/${name}`;
    const bytes = await tree.read(file);
    if (!bytes) throw new LifeboatError("WINDOWS_UNKNOWN", { file, problem: partWords["installation.absent"] });
    const [old, log1, log2] = await Promise.all(LOG_SUFFIXES.map((suffix) => tree.read(`${file}${suffix}`)));
    const logs = { ...(old && { old }), ...(log1 && { log1 }), ...(log2 && { log2 }) };
    const before = openHive(bytes, logs, { file });
    before.check();
    return { before, now: openHive(bytes, logs, { file }) };
  };
  return new WindowsRegistry({ SYSTEM: await opened("SYSTEM"), SOFTWARE: await opened("SOFTWARE") });
}
