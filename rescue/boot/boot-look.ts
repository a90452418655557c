import { LifeboatError } from "#base/errors.ts";
import type { EfiVariables } from "#imaging/boot/entries/efi-variables.ts";
import { type BootEntry, entryName, listEntries } from "#imaging/boot/entries/list-entries.ts";
import type { HardDrive } from "#imaging/boot/entries/load-option.ts";
import { openDisk } from "#imaging/clone/open-disk.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { placedTarget } from "#imaging/preflight/choose-target.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import { readContent } from "#imaging/preflight/content/read-content.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { preflight } from "#imaging/preflight/preflight.ts";
import { hear } from "#imaging/words/hear.ts";
import type { DiskBoot, FirmwareEntries, FirmwareEntry } from "#rescue/api/boot-contract.ts";

export interface BootLookDeps {
  readonly listDisks: () => Promise<readonly Disk[]>;
  /** Lets go of what the search for images has mounted of a disk. */
  readonly release: (diskId: string) => Promise<void>;
  readonly variables: EfiVariables;
  /** This machine, as it is now. */
  readonly readMachine: () => Promise<MachineHardware>;
}

/** What starts this machine: nothing is written. */
export class BootLook {
  readonly #deps: BootLookDeps;

  constructor(deps: BootLookDeps) {
    this.#deps = deps;
  }

  /** @throws BOOT_ENTRY_REFUSED */
  async entries(): Promise<FirmwareEntries> {
    const { variables, listDisks } = this.#deps;
    if ((await variables.list()).length === 0) return {};
    const { entries, order, current } = await listEntries(variables);
    const disks = await listDisks();
    const shown = entries
      .filter(({ hidden }) => !hidden)
      .map((entry) => describeEntry(entry, { order, current, disks }));
    const place = ({ position = Number.POSITIVE_INFINITY }: FirmwareEntry) => position;
    return { entries: shown.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name)) };
  }

  /** @throws NOT_FOUND; what openDisk and readContent throw */
  async disk(id: string): Promise<DiskBoot> {
    const { listDisks, release, readMachine } = this.#deps;
    await release(id);
    const disk = (await listDisks()).find((one) => one.id === id);
    if (!disk) throw new LifeboatError("NOT_FOUND", { what: `the disk ${id}` });
    const { signal } = new AbortController();
    await using image = await openDisk(disk, { raw: false, createdAt: new Date().toISOString() });
    // Of a raw file nobody knows the machine.
    if (disk.kind !== "block") return describeDisk(disk, await readContent(image, { devices: [], signal }));
    let content: DiskContent | undefined;
    const machine = await readMachine();
    const verdict = await preflight(image, {
      ...{ machine, target: placedTarget(machine, disk), wish: {}, signal },
      read: async (...asked) => {
        content = await readContent(...asked);
        return content;
      },
    });
    if (!content) throw new Error("a disk was judged that was not looked at");
    return { ...describeDisk(disk, content), verdict };
  }
}

interface Around {
  readonly order: readonly number[];
  readonly current: number | undefined;
  readonly disks: readonly Disk[];
}

function describeEntry(
  { number, description, active, drive, file }: BootEntry,
  { order, current, disks }: Around,
): FirmwareEntry {
  const position = order.indexOf(number) + 1;
  const disk = drive && disks.find((one) => isOn(drive, one));
  return {
    ...{ name: entryName(number), label: description, isActive: active, isCurrent: number === current },
    ...(position > 0 && { position }),
    ...(file !== undefined && { file }),
    ...(drive && { partition: drive.partition }),
    ...(disk && { disk: diskName(disk) }),
  };
}

/** The signature of an MBR is written as "0x1234abcd" in some places, and bare in others. */
const isOn = ({ table, signature }: HardDrive, disk: Disk): boolean =>
  table === "gpt"
    ? disk.partitions.some(({ guid }) => guid?.toLowerCase() === signature)
    : disk.table.type === "mbr" && disk.table.diskId?.toLowerCase().replace(/^0x/, "") === signature;

const describeDisk = (disk: Disk, { bootCode, loaders, systems, closed }: DiskContent): DiskBoot => ({
  ...{ diskId: disk.id, name: diskName(disk), closed: closed.map(hear) },
  bootCode: {
    ...{ kind: bootCode.kind, isWhole: bootCode.isWhole },
    ...(bootCode.active !== undefined && { active: bootCode.active }),
  },
  loaders: loaders.map(({ partition, path, kind }) => ({ partition, path, kind })),
  systems: systems.map(({ name, partition }) => ({ name, partition })),
});
