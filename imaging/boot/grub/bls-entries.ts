import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** An entry of the Boot Loader Specification (UAPI.1): a file in loader/entries. */
export interface BlsEntry {
  readonly path: string;
  readonly text: string;
  readonly linux: string | undefined;
  readonly initrds: readonly string[];
  readonly options: string | undefined;
}

const MOST_ENTRIES = 1000;

/** @param folder "/boot/loader/entries" of a system, "/loader/entries" of an EFI system partition */
export async function blsEntries(tree: SystemTree, folder: string): Promise<BlsEntry[]> {
  const names = (await tree.list(folder)).filter((name) => name.endsWith(".conf")).slice(0, MOST_ENTRIES);
  const entries: BlsEntry[] = [];
  for (const name of names) {
    const path = `${folder}/${name}`;
    const text = await tree.text(path);
    if (text !== undefined) entries.push({ path, text, ...fieldsOf(text) });
  }
  return entries;
}

function fieldsOf(text: string): Pick<BlsEntry, "linux" | "initrds" | "options"> {
  const values = (key: string) =>
    text.split("\n").flatMap((line) => {
      const [, name, value] = /^\s*(\S+)\s+(.*?)\s*$/.exec(line) ?? [];
      return name === key && value !== undefined ? [value] : [];
    });
  const options = values("options");
  return {
    linux: values("linux")[0] ?? values("efi")[0],
    // Fedora's end in $tuned_initrd.
    initrds: values("initrd").flatMap((value) =>
      value.split(/\s+/).filter((one) => one !== "" && !one.startsWith("$")),
    ),
    options: options.length > 0 ? options.join(" ") : undefined,
  };
}

/** An entry whose root is on no volume of the disk is told the right one. @param known in lower case */
export function correctedEntry(
  { text }: Pick<BlsEntry, "text">,
  root: string,
  known: ReadonlySet<string>,
): string | undefined {
  const wrong = /(?<=^|\s)root=(?:PART)?UUID=(\S+)/gm;
  const corrected = text.replace(wrong, (all, uuid: string) => (known.has(uuid.toLowerCase()) ? all : `root=${root}`));
  return corrected === text ? undefined : corrected;
}
