import { BcdObject, setValue } from "#imaging/bcd/bcd-object.ts";
import { guidIn } from "#imaging/bcd/element.ts";
import { type MovedDevice, movePartitions, type PartitionMove } from "#imaging/bcd/move-partitions.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { hiveError } from "#imaging/registry/hive-error.ts";
import type { Key } from "#imaging/registry/key.ts";
import { type OpenHiveOptions, openHive } from "#imaging/registry/open-hive.ts";
import type { HiveLogs } from "#imaging/registry/recover-hive.ts";
import { dword } from "#imaging/registry/value.ts";
import { say } from "#imaging/words/say.ts";

/** What became of the devices of a store. */
export interface MoveReport {
  readonly moved: readonly MovedElement[];
  /** Devices on partitions that no move is known for: perhaps of another disk. */
  readonly left: readonly LeftElement[];
}
export interface MovedElement {
  /** "{bootmgr}" */
  readonly object: string;
  /** "device" */
  readonly element: string;
}
export interface LeftElement extends MovedElement {
  readonly id: PartitionId;
}

/** Windows' boot configuration. It is changed in memory; `toBytes` is what to write. */
export class BcdStore {
  readonly hive: Hive;

  /** @throws NOT_A_BCD, HIVE_DAMAGED */
  constructor(hive: Hive) {
    this.hive = hive;
    this.#objects();
  }

  #objects(): Key {
    const key = this.hive.root.find("Objects");
    if (key) return key;
    throw hiveError("NOT_A_BCD", this.hive.file, say("hive.no-objects"));
  }

  /** @throws HIVE_DAMAGED */
  objects(): BcdObject[] {
    return this.#objects()
      .subkeys()
      .flatMap((key) => {
        const guid = guidIn(key.name);
        return guid === undefined ? [] : [new BcdObject(guid, key)];
      });
  }

  /** @param guid without braces. @throws HIVE_DAMAGED */
  object(guid: string): BcdObject | undefined {
    const key = this.#objects().find(`{${guid}}`);
    return key && new BcdObject(guid.toLowerCase(), key);
  }

  /** The object of that GUID, made where it is not there; its type is set. @throws HIVE_DAMAGED, HIVE_FULL */
  create(guid: string, type: number): BcdObject {
    const key = this.#objects().create(`{${guid.toLowerCase()}}`);
    setValue(key, "Description", "Type", dword(type));
    key.create("Elements");
    return new BcdObject(guid.toLowerCase(), key);
  }

  /** @returns whether there was one. @throws HIVE_DAMAGED */
  delete(guid: string): boolean {
    return this.#objects().delete(`{${guid}}`);
  }

  /** Gives all devices of all objects the new ids of their partitions. @throws HIVE_DAMAGED, HIVE_FULL */
  movePartitions(moves: readonly PartitionMove[]): MoveReport {
    const report = { moved: [] as MovedElement[], left: [] as LeftElement[] };
    for (const object of this.objects())
      for (const { type, name, value } of object.elements()) {
        if (((type >>> 24) & 0xf) !== 1) continue;
        const where = { object: object.name, element: name };
        const result: MovedDevice = movePartitions(value.bytes, moves);
        if (result.moved > 0) object.setBytes(type, result.bytes);
        if (result.moved > 0) report.moved.push(where);
        report.left.push(...result.left.map((id) => ({ ...where, id })));
      }
    return report;
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    return this.hive.toBytes();
  }
}

/**
 * Opens a store: the file `Boot\BCD` or `EFI\Microsoft\Boot\BCD` of the system partition.
 * @throws NOT_A_BCD; as openHive
 */
export const openBcd = (bytes: Uint8Array, logs: HiveLogs = {}, options: OpenHiveOptions = {}): BcdStore =>
  new BcdStore(openHive(bytes, logs, { file: "BCD", ...options }));
