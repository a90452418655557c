import { fnmatch } from "#imaging/preflight/content/linux/fnmatch.ts";

/** Lines of modules.alias that are read: a distribution's kernel has about 30,000. */
const MOST_LINES = 1_000_000;
const MOST_LETTERS = 1024;
/** Letters that are held against each other for one device: a list that is made to take long is not read to its end. */
const MOST_WORK = 50_000_000;

/** Which modules are for a device (modules.alias, depmod(8)). */
export interface ModuleAliases {
  /** Names of modules, each once, in the order of the file. @param modalias as sysfs shows it */
  modulesFor(modalias: string): string[];
}

interface Alias {
  readonly pattern: string;
  /** Its letters before the first that stands for others. */
  readonly prefix: string;
  readonly module: string;
}

/** @param text of modules.alias: "alias pci:v00008086d00002922sv*sd*bc*sc*i* ahci" */
export function moduleAliases(text: string): ModuleAliases {
  const aliases: Alias[] = [];
  for (const line of text.split("\n", MOST_LINES)) {
    const [word, pattern, module] = line.split(" ");
    if (word !== "alias" || pattern === undefined || !module) continue;
    if (pattern.length <= MOST_LETTERS) aliases.push(aliasOf(pattern, module));
  }
  return indexed(aliases);
}

/** @param bytes of modules.builtin.modinfo: "ahci.alias=pci:..." and other facts, each ended by a zero byte (kernel 5.2 and later) */
export function builtinAliases(bytes: Uint8Array): ModuleAliases {
  const aliases: Alias[] = [];
  for (const fact of Buffer.from(bytes).toString("latin1").split("\0", MOST_LINES)) {
    const [, module, pattern] = /^([^.=]+)\.alias=(.+)$/.exec(fact) ?? [];
    if (module !== undefined && pattern !== undefined && pattern.length <= MOST_LETTERS)
      aliases.push(aliasOf(pattern, module));
  }
  return indexed(aliases);
}

function aliasOf(text: string, module: string): Alias {
  const pattern = underscored(text);
  return { pattern, prefix: /^[^*?[\\]*/.exec(pattern)?.[0] ?? "", module: underscored(module) };
}

function indexed(aliases: readonly Alias[]): ModuleAliases {
  // "pci", "usb": most patterns are of another kind than the device.
  const byBus = Map.groupBy(aliases, ({ pattern }) => busOf(pattern));
  const odd = aliases.filter(({ prefix }) => !prefix.includes(":"));
  return {
    modulesFor(modalias) {
      const name = underscored(modalias);
      const asked = [...(byBus.get(busOf(name)) ?? []), ...odd];
      const modules = new Set<string>();
      let work = 0;
      for (const { prefix, pattern, module } of asked) {
        if (!name.startsWith(prefix)) continue;
        work += pattern.length * name.length;
        if (work > MOST_WORK) break;
        if (fnmatch(pattern, name)) modules.add(module);
      }
      return [...modules];
    },
  };
}

const busOf = (text: string): string => text.slice(0, text.indexOf(":") + 1);

/** Names of modules are written with either; within brackets a line stands for a range (kmod, alias_normalize). */
export const underscored = (text: string): string =>
  text.replace(/\[[^\]]*\]|-/g, (part) => (part === "-" ? "_" : part));
