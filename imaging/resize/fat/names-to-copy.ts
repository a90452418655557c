import type { FatEntry } from "#imaging/resize/fat/fat-tree.ts";

/**
 * What mtools 4.0.32 takes a few minutes for. It looks for a free short name, FILENA~1, by trying one number after the
 * other, and reads the whole folder for each try: 500 files of similar names in one folder take a second, 1000 take
 * ten, 2000 three minutes.
 */
const MOST_WORK = 4e9;

interface Folder {
  entries: number;
  /** How many files want the same short name. */
  readonly alike: Map<string, number>;
}

/** How the reasons begin. */
export const ANEW = "FAT is made anew for another size";

/** What mtools does with the names of a volume that it copies. */
export class NamesToCopy {
  readonly #folders = new Map<string, Folder>();
  #unwritable: string | undefined;

  add({ path, name, isLong }: FatEntry): void {
    if (path === "") return;
    // It knows 16 bits of a character, and writes "_" for what has more: the copy would have another name.
    if (/[\ud800-\udfff]/.test(name)) this.#unwritable ??= path;
    const cut = path.lastIndexOf("/");
    const parent = path.slice(0, cut);
    const folder = this.#folders.get(parent) ?? { entries: 0, alike: new Map<string, number>() };
    this.#folders.set(parent, folder);
    folder.entries++;
    if (!isLong) return;
    const wish = wishFor(path.slice(cut + 1));
    folder.alike.set(wish, (folder.alike.get(wish) ?? 0) + 1);
  }

  /** Why they cannot be copied. */
  get problem(): string | undefined {
    if (this.#unwritable !== undefined)
      return `${ANEW}, and mtools cannot copy names with such letters as in ${this.#unwritable}`;
    for (const [path, { entries, alike }] of this.#folders)
      for (const count of alike.values())
        if (count * count * entries > MOST_WORK)
          return `${ANEW}, and mtools takes hours for folders with so many files of similar names as in ${path || "/"}`;
    return undefined;
  }
}

/** The letters that are left in front of the number, and the ending (Microsoft FAT specification 1.03, section 7). */
function wishFor(name: string): string {
  const [, base = "", ending = ""] = /^(.*?)(?:\.([^.]*))?$/s.exec(name.toUpperCase().replaceAll(" ", "")) ?? [];
  return `${base.replaceAll(".", "").slice(0, 6)}.${ending.slice(0, 3)}`;
}
