import { realpath } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { parseRescueSet, RESCUE_SET_FILE, type RescueSet } from "#base/medium/rescue-set.ts";
import { readConfigFile } from "../config/config-file.ts";
import type { ServedRoot } from "../net/served-root.ts";
import { filesOf, isForGrub, type Menu, type MenuEntry, type Menus, type Start } from "./menu.ts";
import { type EntryConfig, MenuConfig } from "./menu-config.ts";

/** Bytes that a small system needs besides the files that are loaded into memory. */
const SYSTEM_MEMORY = 128 << 20;
/** Windows PE (Microsoft: "WinPE requirements", 512 MB without what its image takes). */
const WINDOWS_PE_MEMORY = 512 << 20;
const MOST_RESCUE_SET = 1 << 20;

/**
 * The menus of a file, with all that they name looked for in the folder: what is missing is said before the server starts, all at once.
 * @throws OPEN_FAILED, PXE_MENU_INVALID
 */
export async function readMenus(file: string, root: ServedRoot): Promise<Menus> {
  const invalid = (problems: readonly string[], cause?: unknown) =>
    new LifeboatError("PXE_MENU_INVALID", { source: file, problems: problems.join("\n") }, { cause });
  const config = await readConfigFile(file, "a menu", MenuConfig, invalid);
  const problems: string[] = [];
  // Hashes of passwords can be tried out by whoever has them.
  if ((await realpath(file)).startsWith(`${root.path}/`))
    problems.push("it lies in the folder that is served: anybody could read it. Put it elsewhere");
  const look = new FolderLook(root);
  const entries: MenuEntry[] = [];
  for (const [at, entry] of config.entries.entries()) {
    const planned = await planEntry(entry, look).catch((error: Error) => error.message);
    if (typeof planned === "string") problems.push(`entries[${at}] (${entry.id}): ${planned}`);
    else entries.push(planned);
    if (config.entries.findIndex(({ id }) => id === entry.id) !== at)
      problems.push(`entries[${at}] has the id ${entry.id}, as another one has`);
    for (const user of entry.users ?? [])
      if (!(user in config.users)) problems.push(`entries[${at}] names the user ${user}, who is not in users`);
  }
  problems.push(...menuProblems(config));
  if (problems.length > 0) throw invalid(problems);
  return menusOf(config, entries);
}

function menuProblems(config: MenuConfig): string[] {
  const byId = new Map(config.entries.map((entry) => [entry.id, entry]));
  const all = [...byId.keys()];
  const menus = [
    { where: "", ...config, entries: all },
    ...config.menus.map((own, at) => ({
      where: `menus[${at}] `,
      ...{ default: own.default, timeout: own.timeout ?? config.timeout, entries: own.entries ?? all },
    })),
  ];
  return menus.flatMap(({ where, default: first, timeout, entries }) => {
    const unknown = entries
      .filter((id) => !byId.has(id))
      .map((id) => `${where}names the entry ${id}, which there is not`);
    if (first !== undefined && !entries.includes(first))
      return [...unknown, `${where}default ${first} is none of its entries`];
    const begun = first ?? config.default ?? entries[0] ?? "";
    // Nobody is there who could give it.
    if (timeout > 0 && byId.get(begun)?.users !== undefined && entries.includes(begun))
      return [
        ...unknown,
        `${where}begins ${begun} by itself, which asks for a password: name another default, or timeout: 0`,
      ];
    return unknown;
  });
}

function menusOf(config: MenuConfig, entries: readonly MenuEntry[]): Menus {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const menuOf = (ids: readonly string[], base: Pick<Menu, "title" | "timeout">, first: string | undefined): Menu => ({
    ...{ title: base.title, timeout: base.timeout },
    default: first !== undefined && ids.includes(first) ? first : (ids[0] as string),
    entries: ids.map((id) => byId.get(id) as MenuEntry),
  });
  const all = entries.map(({ id }) => id);
  return {
    standard: menuOf(all, config, config.default),
    special: config.menus.map(({ groups = [], machines = [], entries: ids = all, ...own }) => ({
      ...{ groups, machines: machines.map(machineName) },
      menu: menuOf(
        ids,
        { title: own.title ?? config.title, timeout: own.timeout ?? config.timeout },
        own.default ?? config.default,
      ),
    })),
    users: new Map(Object.entries(config.users)),
    loader: config.loader,
    guarded: guardedFiles(entries),
  };
}

/** As machines are known: MACs with colons. */
function machineName(text: string): string {
  const name = text.toLowerCase();
  return /^([0-9a-f]{2}-){5}[0-9a-f]{2}$/.test(name) ? name.replaceAll("-", ":") : name;
}

function guardedFiles(entries: readonly MenuEntry[]): Map<string, string[]> {
  const isGuarded = ({ users, isForGrub: shown }: MenuEntry) => users.length > 0 && !shown;
  const open = new Set(entries.filter((entry) => !isGuarded(entry)).flatMap(({ start }) => filesOf(start)));
  const guarded = new Map<string, string[]>();
  for (const { id, start } of entries.filter(isGuarded))
    for (const file of filesOf(start)) if (!open.has(file)) guarded.set(file, [...(guarded.get(file) ?? []), id]);
  return guarded;
}

async function planEntry(entry: EntryConfig, look: FolderLook): Promise<MenuEntry> {
  const { start, title = entry.id, memory } = await startOf(entry, look);
  return {
    ...{ id: entry.id, title: entry.title ?? title, memory: entry.memory ?? memory, users: entry.users ?? [] },
    ...{ isForGrub: entry.grub && isForGrub(start), start },
  };
}

interface Planned {
  readonly start: Start;
  readonly title?: string;
  readonly memory: number;
}

/** @throws Error: what is missing, in words */
async function startOf(entry: EntryConfig, look: FolderLook): Promise<Planned> {
  if (entry.rescue !== undefined) return rescueStart(entry, await look.rescueSet());
  if (entry.kernel !== undefined) {
    const { kernel, initrd: initrds = [], arguments: words = "" } = entry;
    const bytes = (await look.size(kernel)) + (await look.sizes(initrds));
    const parameters = words.split(/\s+/).filter((word) => word !== "");
    return { start: { kind: "linux", kernel, initrds, parameters, isRescue: false }, memory: bytes + SYSTEM_MEMORY };
  }
  if (entry.iso !== undefined) {
    const { iso, memdisk } = entry;
    const bytes = await look.size(iso);
    if (memdisk !== undefined) await look.size(memdisk);
    return { start: { kind: "iso", iso, memdisk }, memory: memdisk === undefined ? 0 : bytes + SYSTEM_MEMORY };
  }
  if (entry.wim !== undefined) return await wimStart(entry.wim, entry.wimboot, look);
  if (entry.chain !== undefined) return { start: { kind: "chain", url: entry.chain }, memory: 0 };
  return { start: { kind: "disk" }, title: "The disk of this computer", memory: 0 };
}

function rescueStart({ rescue, arguments: more = "" }: EntryConfig, set: RescueSet): Planned {
  const found = set.entries.find(({ kind }) => kind === rescue);
  if (!found) {
    const kinds = set.entries.map(({ kind }) => kind).join(", ");
    throw new Error(`this set has no rescue system ${rescue}; it has ${kinds}`);
  }
  const parameters = [...found.parameters, ...more.split(/\s+/).filter((word) => word !== "")];
  const { kernel, initramfs } = set;
  const start: Start = { kind: "linux", kernel, initrds: [initramfs], parameters, isRescue: true };
  return { start, title: found.title, memory: found.memory };
}

async function wimStart(folder: string, wimboot = `${folder}/wimboot`, look: FolderLook): Promise<Planned> {
  const inside = (name: string) => `${folder}/${name}`;
  const [bios, uefi] = [await look.optional(inside("bootmgr")), await look.optional(inside("bootx64.efi"))];
  if (bios === undefined && uefi === undefined) throw new Error(`${folder} has neither bootmgr nor bootx64.efi`);
  await look.size(wimboot).catch((error: Error) => {
    throw new Error(`${error.message}. wimboot is at https://ipxe.org/wimboot`);
  });
  const files = ["BCD", "boot.sdi", "boot.wim"].map(inside);
  const bytes = await look.sizes(files);
  return { start: { kind: "wim", wimboot, bios, uefi, files }, memory: bytes + WINDOWS_PE_MEMORY };
}

/** What there is in the folder that is served. */
class FolderLook {
  readonly #root: ServedRoot;
  #set: Promise<RescueSet> | undefined;

  constructor(root: ServedRoot) {
    this.#root = root;
  }

  /** In bytes. @throws Error */
  async size(file: string): Promise<number> {
    const found = await this.#root.find(file);
    if (typeof found === "string") throw new Error(found === "missing" ? `there is no ${file}` : `${file} is no file`);
    await found.handle.close();
    // As an upload that broke off leaves it.
    if (found.size === 0) throw new Error(`${file} is empty`);
    return found.size;
  }

  async sizes(files: readonly string[]): Promise<number> {
    let sum = 0;
    for (const file of files) sum += await this.size(file);
    return sum;
  }

  /** The name, if it is there. */
  async optional(file: string): Promise<string | undefined> {
    return await this.size(file).then(
      () => file,
      () => undefined,
    );
  }

  /** @throws Error */
  rescueSet(): Promise<RescueSet> {
    this.#set ??= this.#readRescueSet();
    return this.#set;
  }

  async #readRescueSet(): Promise<RescueSet> {
    const found = await this.#root.find(RESCUE_SET_FILE);
    if (typeof found === "string")
      throw new Error(`there is no ${RESCUE_SET_FILE}: make the folder anew with media pxe`);
    await using handle = found.handle;
    const text = found.size > MOST_RESCUE_SET ? "" : await handle.readFile("utf8");
    const set = parseRescueSet(text);
    if (!set)
      throw new Error(`${RESCUE_SET_FILE} is of another version of Lifeboat: make the folder anew with media pxe`);
    for (const file of [set.kernel, set.initramfs]) await this.size(file);
    return set;
  }
}
