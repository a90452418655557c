import type { Sentence } from "#base/sentence.ts";
import type { InstalledVolume } from "#imaging/installed/installed-system.ts";
import { say } from "#imaging/words/say.ts";

/** A device by a name that another machine, another port or another disk changes. */
export interface DeviceName {
  /** "sda", "by-id/ata-VBOX_HARDDISK_1". */
  readonly disk: string;
  /** Undefined for the disk as a whole. */
  readonly partition: number | undefined;
}

/** Names of kernel drivers for disks (Linux: Documentation/admin-guide/devices.txt), and of partitions on them. */
const PLAIN = /^\/dev\/((?:sd|hd|vd|xvd|ubd)[a-z]+)(\d+)?$/;
const WITH_P = /^\/dev\/((?:nvme\d+n|mmcblk|nbd|pmem|rd\/c\d+d|ida\/c\d+d|cciss\/c\d+d)\d+)(?:p(\d+))?$/;
/** By where it is plugged in, or by its serial number (udev: rules.d/60-persistent-storage.rules); MAAS has by-dname. */
const BY_PLACE = /^\/dev\/disk\/(by-(?:id|path|dname)\/.+?)(?:-part(\d+))?$/;
/** Those that name what lies on the disk. */
const BY_CONTENT = /^\/dev\/disk\/by-id\/(?:dm-(?:name|uuid-(?:LVM|CRYPT))|lvm-|md-(?:name|uuid))/;
/** A disk that is reached on several ways (multipath.conf(5), user_friendly_names), and one by its WWID. */
const MULTIPATH = /^\/dev\/mapper\/(mpath[a-z]+|3[0-9a-f]{16,32})(?:(?:-part|_part|p)?(\d+))?$/;

/** @returns undefined for every name that stays true: UUID=, LABEL=, /dev/mapper/vg-root, /dev/md0, a folder, none */
export function deviceName(name: string): DeviceName | undefined {
  if (BY_CONTENT.test(name)) return undefined;
  for (const form of [PLAIN, WITH_P, BY_PLACE, MULTIPATH]) {
    const [, disk, partition] = form.exec(name) ?? [];
    if (disk !== undefined) return { disk, partition: partition === undefined ? undefined : Number(partition) };
  }
  return undefined;
}

/** What a device name means on the disk that the system lies on. */
export type Meaning = { readonly volume: InstalledVolume } | { readonly why: Sentence };

/** Names that a kernel gives the first disk. */
const FIRST = /^(?:(?:sd|hd|vd|xvd|ubd)a|(?:nvme0n1|mmcblk[01]|pmem0|cciss\/c0d0|mpatha))$/;

export class DeviceNames {
  readonly #volumes: readonly InstalledVolume[];
  readonly #own: ReadonlySet<string>;
  readonly #byPlace: ReadonlySet<string>;

  /**
   * @param own names of disks that are known to have meant the disk with the system on it
   * @param all every name of a device that the system writes down somewhere
   */
  constructor(volumes: readonly InstalledVolume[], own: Iterable<string>, all: Iterable<string>) {
    this.#volumes = volumes;
    this.#own = new Set(own);
    this.#byPlace = new Set([...all].flatMap((name) => deviceName(name)?.disk ?? []).filter(isByPlace));
  }

  /** @param fits whether a volume can be what is meant. @returns undefined for a name that stays true */
  meaning(name: string, fits: (volume: InstalledVolume) => boolean = () => true): Meaning | undefined {
    const device = deviceName(name);
    if (!device) return undefined;
    if (!this.#isOwn(device.disk)) return { why: say("linux.other-disk") };
    if (device.partition === undefined) return { why: say("linux.whole-disk") };
    const number = device.partition;
    const volume = this.#volumes.find(({ partition, inside }) => partition === number && inside.length === 0);
    if (!volume) return { why: say("linux.no-partition", { number }) };
    const { filesystem } = volume;
    return fits(volume) ? { volume } : { why: say("linux.partition-holds", { number, filesystem }) };
  }

  #isOwn(disk: string): boolean {
    if (this.#own.has(disk)) return true;
    if (isByPlace(disk)) return this.#byPlace.size === 1;
    return ![...this.#own].some((one) => !isByPlace(one)) && FIRST.test(disk);
  }
}

const isByPlace = (disk: string): boolean => disk.startsWith("by-");

/** How a volume is called for good; undefined when it has no name of its own. */
export const lastingName = ({ uuid, partitionUuid }: InstalledVolume): string | undefined =>
  uuid !== undefined ? `UUID=${uuid}` : partitionUuid !== undefined ? `PARTUUID=${partitionUuid}` : undefined;

/** As lastingName(), where a path is asked for. */
export const lastingPath = (volume: InstalledVolume): string | undefined => {
  const [tag, value] = lastingName(volume)?.split("=") ?? [];
  return tag === undefined ? undefined : `/dev/disk/by-${tag.toLowerCase()}/${value}`;
};
