import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Secrets } from "#imaging/keys/sealed-box.ts";

/**
 * The passwords that are known now, by their names. In memory, and in a file in memory (tmpfs) that only root may read, so that a
 * server that was started again still knows them; never on a disk.
 */
export class SecretBook {
  readonly #file: string | undefined;
  #known = new Map<string, string>();

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  /** @param file where no memory has a file system it is left out: passwords are then gone with the server */
  static async open(file: string | undefined): Promise<SecretBook> {
    const book = new SecretBook(file);
    const text = file === undefined ? "{}" : await readFile(file, "utf8").catch(() => "{}");
    book.#known = new Map(Object.entries(JSON.parse(text) as Secrets));
    return book;
  }

  readonly get = (name: string): string | undefined => this.#known.get(name);

  /** All of them: what must be in no log and no support bundle. */
  values(): string[] {
    return [...this.#known.values()];
  }

  async learn(secrets: Secrets): Promise<void> {
    for (const [name, secret] of Object.entries(secrets)) this.#known.set(name, secret);
    if (this.#file === undefined) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const unfinished = `${this.#file}.new`;
    await writeFile(unfinished, JSON.stringify(Object.fromEntries(this.#known)), { mode: 0o600 });
    await chmod(unfinished, 0o600);
    await rename(unfinished, this.#file);
  }

  /** Those of the given names, for a box that is sealed. */
  pick(names: readonly string[]): Secrets {
    return Object.fromEntries(
      names.flatMap((name) => {
        const secret = this.#known.get(name);
        return secret === undefined ? [] : [[name, secret]];
      }),
    );
  }
}
