import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const Entry = z.object({ target: z.string(), rootHash: z.string(), at: z.string() });
type Entry = z.infer<typeof Entry>;

/** What the medium has restored by itself, kept on the stick: a stick that was left in must not do it once more at the next start. */
export interface DoneBook {
  /** When this image was restored onto this disk. */
  find(target: string, rootHash: string): Promise<string | undefined>;
  add(target: string, rootHash: string): Promise<void>;
}

/** @param dataFolder of the stick; throws where there is none: then nothing is remembered */
export function openDoneBook(dataFolder: () => Promise<string>): DoneBook {
  const place = async () => join(await dataFolder(), "lifeboat", "unattended.json");
  const read = async (): Promise<Entry[]> => {
    try {
      return z.array(Entry).parse(JSON.parse(await readFile(await place(), "utf8")));
    } catch {
      return [];
    }
  };
  return {
    async find(target, rootHash) {
      return (await read()).findLast((one) => one.target === target && one.rootHash === rootHash)?.at;
    },
    async add(target, rootHash) {
      const file = await place();
      const entries = [...(await read()), { target, rootHash, at: new Date().toISOString() }];
      await mkdir(join(file, ".."), { recursive: true });
      {
        await using handle = await open(`${file}.new`, "w");
        await handle.writeFile(`${JSON.stringify(entries, null, 1)}\n`);
        await handle.sync();
      }
      await rename(`${file}.new`, file);
    },
  };
}
