import { formatBytes } from "#base/units.ts";
import { diskName } from "#imaging/inventory/disk.ts";
import type { Disk } from "#rescue/api/contract.ts";
import { type Choice, choose } from "#rescue/console-menu/ask.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

export interface DiskQuestion {
  readonly title: string;
  readonly mark: string;
  readonly lead?: string;
  /** Why it cannot be chosen. */
  readonly refusal: (disk: Disk) => string | undefined;
}

/** One of this machine's disks; the list can be looked at anew. */
export async function chooseDisk(
  context: Context,
  { title, mark, lead, refusal }: DiskQuestion,
): Promise<Disk | undefined> {
  const { none } = messages.disk;
  for (;;) {
    const disks = await attempt(context, title, () => context.client.call("disks"));
    if (!disks) return undefined;
    const choices = disks.map((disk): Choice<Disk> => {
      const why = refusal(disk);
      return { ...describeDisk(disk), value: disk, ...(why !== undefined && { refusal: why }) };
    });
    const letters = { r: messages.image.again };
    const question = { title, mark, choices, none, letters, ...(lead !== undefined && { lead }) };
    const chosen = await choose(context.terminal, question);
    if (chosen.type === "back") return undefined;
    if (chosen.type === "chosen") return chosen.value;
  }
}

/** What people tell disks apart by: name, size, serial number, and what is on it. */
export function describeDisk(disk: Disk): { label: string; detail: string } {
  const { bus, serial, path } = disk;
  const { holds, empty, unreadable, serial: withSerial, noSerial } = messages.target;
  const names = disk.partitions
    .filter(({ role }) => role !== "extended")
    .map(({ name: partition, filesystem, typeName }) => filesystem?.label || partition || filesystem?.type || typeName);
  const content = disk.unreadable ? unreadable : names.length === 0 ? empty : holds(names.join(", "));
  const where = serial ? withSerial(bus, serial, path) : noSerial(bus, path);
  return { label: `${diskName(disk)}, ${formatBytes(disk.size)}`, detail: `${where}; ${content}` };
}

/** The refusals of a disk that is to be read, and of one that is to be written to; `source` is another one's. */
export function readRefusal({ unreadable }: Disk): string | undefined {
  return unreadable?.text;
}

export function writeRefusal(disk: Disk, source?: Disk): string | undefined {
  const { medium, same, readOnly } = messages.disk;
  if (disk.isBootMedium) return medium;
  if (disk.id === source?.id) return same;
  return disk.readOnly ? readOnly : disk.unreadable?.text;
}
