import type { Sentence } from "#base/sentence.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** Bytes. A larger file is no configuration, and stays as it is. */
const MOST_TEXT = 4 << 20;

/**
 * Changes of a system as they are thought of, one after the other: who reads a file here sees what was decided for it before.
 * Nothing is done. A text is a string with a letter for each byte, so that what is not changed comes back as it was, in
 * whatever encoding.
 */
export class Draft {
  readonly tree: SystemTree;
  readonly changes: SystemChange[] = [];
  /** What was found, or done in a way that is worth knowing. */
  readonly notes: Sentence[] = [];
  /** What this cannot set right, and what it means. */
  readonly problems: Sentence[] = [];
  /** Undefined for what is removed. */
  readonly #decided = new Map<string, string | undefined>();

  constructor(tree: SystemTree) {
    this.tree = tree;
  }

  /** Undefined for what is no regular file, or not there, or too large to be a configuration. */
  async text(path: string): Promise<string | undefined> {
    const real = await this.tree.real(path);
    if (this.#decided.has(real)) return this.#decided.get(real);
    const bytes = await this.tree.read(path);
    return bytes && bytes.length <= MOST_TEXT ? bytes.toString("latin1") : undefined;
  }

  /** Whether a file is there, or something else that is no folder. */
  async has(path: string): Promise<boolean> {
    const real = await this.tree.real(path);
    if (this.#decided.has(real)) return this.#decided.get(real) !== undefined;
    const kind = await this.tree.kind(path);
    return kind !== undefined && kind !== "folder";
  }

  /** Paths of a folder's files whose names are wanted, sorted; those that were removed are left out. */
  async files(folder: string, isWanted: (name: string) => boolean = () => true): Promise<string[]> {
    const names = new Set(await this.tree.list(folder));
    const real = await this.tree.real(folder);
    for (const [path, text] of this.#decided)
      if (text !== undefined && path.startsWith(`${real}/`) && !path.slice(real.length + 1).includes("/"))
        names.add(path.slice(real.length + 1));
    const found: string[] = [];
    for (const name of [...names].filter(isWanted).sort()) {
      const path = `${folder}/${name}`;
      if ((await this.has(path)) && (await this.tree.kind(path)) !== "other") found.push(path);
    }
    return found;
  }

  /** @param why what the change does, and why; nothing happens when the file is so already */
  async write(path: string, content: string, why: Sentence, mode?: number): Promise<void> {
    if ((await this.text(path)) === content) return;
    this.#decided.set(await this.tree.real(path), content);
    const bytes = Buffer.from(content, "latin1");
    this.changes.push({ op: "write", path, content: bytes, ...why, ...(mode === undefined ? {} : { mode }) });
  }

  /** Writes what `edit` makes of a file that is there. @returns whether it differs */
  async edit(path: string, why: Sentence, edit: (before: string) => string): Promise<boolean> {
    const before = await this.text(path);
    if (before === undefined) return false;
    const after = edit(before);
    if (after !== before) await this.write(path, after, why);
    return after !== before;
  }

  async remove(path: string, why: Sentence): Promise<void> {
    this.#decided.set(await this.tree.real(path), undefined);
    this.changes.push({ op: "remove", path, ...why });
  }

  link(path: string, to: string, why: Sentence): void {
    this.changes.push({ op: "link", path, to, ...why });
  }

  run(command: readonly [string, ...string[]], why: Sentence, environment?: Readonly<Record<string, string>>): void {
    this.changes.push({ op: "run", command, ...why, ...(environment && { environment }) });
  }
}
