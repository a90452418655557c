import type { BootNote } from "#imaging/boot/boot-note.ts";
import type { FirmwareLoader } from "#imaging/boot/efi/plan-linux-esp.ts";
import { type BootEntries, type BootEntry, entryName, orderBytes } from "#imaging/boot/entries/list-entries.ts";
import { activated, type HardDrive, makeLoadOption } from "#imaging/boot/entries/load-option.ts";
import type { PartitionTable } from "#imaging/disk/partition.ts";
import { say } from "#imaging/words/say.ts";

/** A variable of the firmware that is written or removed. */
export interface EntryChange {
  readonly op: "write" | "remove";
  /** "Boot0003", "BootOrder" */
  readonly variable: string;
  readonly value?: Uint8Array<ArrayBuffer>;
  readonly text: string;
}

export interface EntriesPlan {
  readonly changes: readonly EntryChange[];
  readonly notes: readonly BootNote[];
}

export interface EntriesAsked {
  readonly now: BootEntries;
  readonly table: PartitionTable;
  /** What shall have an entry, the first is tried first. */
  readonly loaders: readonly FirmwareLoader[];
  /** Identities of the partitions of all disks of this machine: GPT GUIDs, MBR signatures. In lower case. */
  readonly known: ReadonlySet<string>;
}

/**
 * One entry for each loader of a disk: the one that firmware has is used again, and told where the partition lies now;
 * others for the same file are removed. Entries of partitions that are on no disk are named; they go when they are this very
 * loader's, from before.
 */
export function planEntries({ now, table, loaders, known }: EntriesAsked): EntriesPlan {
  const changes: EntryChange[] = [];
  const notes: BootNote[] = [];
  const gone = new Set<number>();
  const first: number[] = [];
  const taken = new Set([...now.entries.map(({ number }) => number), ...now.unreadable]);
  for (const loader of loaders) {
    const drive = driveOf(table, loader.partition);
    if (!drive) continue;
    const file = loader.path.replaceAll("/", "\\");
    const [same, ...twins] = inOrder(now).filter((entry) => isFor(entry, drive, file));
    const old = now.entries.filter((entry) => isOld(entry, { drive, file, label: loader.label, known }));
    for (const entry of [...twins, ...old]) {
      if (gone.has(entry.number)) continue;
      gone.add(entry.number);
      const why = twins.includes(entry) ? "it starts the same as another one" : "its partition is on no disk any more";
      changes.push({
        op: "remove",
        variable: entryName(entry.number),
        text: `Removes boot entry ${nameOf(entry)}: ${why}`,
      });
    }
    const number = same?.number ?? freeNumber(taken);
    taken.add(number);
    first.push(number);
    changes.push(...writeEntry(same, number, { label: loader.label, drive, file }));
  }
  const order = [...first, ...now.order.filter((one) => !first.includes(one) && !gone.has(one))];
  if (order.join() !== now.order.join())
    changes.push({ op: "write", variable: "BootOrder", value: orderBytes(order), text: orderText(first) });
  for (const entry of now.entries)
    if (!gone.has(entry.number) && isStale(entry, known))
      notes.push({
        code: "BOOT_ENTRY_STALE",
        ...say("boot.entry-stale", { entry: entryName(entry.number), label: entry.description }),
      });
  return { changes, notes };
}

const orderText = (first: readonly number[]): string =>
  first.length === 0
    ? "Takes the removed entries out of the order"
    : `Puts ${first.map(entryName).join(", ")} first in the order`;

const nameOf = ({ number, description }: BootEntry): string => `${entryName(number)} (${description})`;

/** A partition as firmware has to name it. */
function driveOf(table: PartitionTable, number: number): HardDrive | undefined {
  const partition = table.partitions.find((one) => one.number === number);
  const signature = table.type === "gpt" ? partition?.guid : table.diskId;
  if (!partition || signature === undefined || table.type === "none") return undefined;
  const sectors = (bytes: number) => bytes / table.sectorSize;
  const { start, size } = partition;
  return { partition: number, start: sectors(start), size: sectors(size), signature, table: table.type };
}

/** As firmware tries them; those that are not in its order last. */
const inOrder = ({ entries, order }: BootEntries): BootEntry[] => {
  const place = ({ number }: BootEntry) => (order.includes(number) ? order.indexOf(number) : order.length);
  return entries.toSorted((a, b) => place(a) - place(b) || a.number - b.number);
};

const sameText = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

/** Of an MBR the signature is the disk's: the partition counts too. */
const isFor = ({ drive, file }: BootEntry, wanted: HardDrive, path: string): boolean =>
  sameText(file, path) &&
  sameText(drive?.signature, wanted.signature) &&
  (wanted.table === "gpt" || drive?.partition === wanted.partition);

const isStale = ({ drive }: BootEntry, known: ReadonlySet<string>): boolean =>
  drive !== undefined && !known.has(drive.signature.toLowerCase());

const isOld = (
  entry: BootEntry,
  { drive, file, label, known }: { drive: HardDrive; file: string; label: string; known: ReadonlySet<string> },
): boolean =>
  isStale(entry, known) &&
  !sameText(entry.drive?.signature, drive.signature) &&
  sameText(entry.file, file) &&
  sameText(entry.description, label);

function freeNumber(taken: ReadonlySet<number>): number {
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}

function writeEntry(
  same: BootEntry | undefined,
  number: number,
  { label, drive, file }: { label: string; drive: HardDrive; file: string },
): EntryChange[] {
  const variable = entryName(number);
  const value = makeLoadOption(same?.description ?? label, drive, same?.file ?? file);
  if (!same) return [{ op: "write", variable, value, text: `Makes boot entry ${variable} (${label}) for ${file}` }];
  const isRight = JSON.stringify(same.drive) === JSON.stringify(drive);
  if (isRight && same.active) return [];
  // What the program is told stays.
  const bytes = isRight ? activated(optionBytes(same)) : new Uint8Array(Buffer.concat([value, same.data]));
  const why = isRight ? "was switched off" : "names another place of its partition";
  return [{ op: "write", variable, value: bytes, text: `Corrects boot entry ${nameOf(same)}, which ${why}` }];
}

/** As it was read. */
function optionBytes({ attributes, description, path, data }: BootEntry): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(attributes, 0);
  head.writeUInt16LE(path.length, 4);
  return Buffer.concat([head, Buffer.from(`${description}\0`, "utf16le"), path, data]);
}
