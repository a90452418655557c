import { printable } from "#base/printable.ts";
import type { BcdElement } from "#imaging/bcd/bcd-object.ts";
import type { BcdStore } from "#imaging/bcd/bcd-store.ts";
import type { BcdDevice, DeviceElement } from "#imaging/bcd/device.ts";
import { OBJECT_TYPES, objectName } from "#imaging/bcd/known-objects.ts";
import { sayPartition } from "#imaging/bcd/partition-id.ts";

const WIDTH = 24;
/** Boot managers first, then what they start, then what is inherited, as `bcdedit /enum all` has them. */
const ORDER: readonly number[] = [OBJECT_TYPES.fwbootmgr, OBJECT_TYPES.bootmgr, OBJECT_TYPES.osloader];

/** What a store says, for people: in the order and words of `bcdedit /enum all`. @throws HIVE_DAMAGED */
export function describeBcd(store: BcdStore): string {
  const objects = store.objects().map((object) => ({ object, type: object.type }));
  const rank = (type: number) => (ORDER.indexOf(type) + ORDER.length + 1) % (ORDER.length + 1);
  objects.sort((left, right) => rank(left.type) - rank(right.type) || left.type - right.type);
  return objects
    .map(({ object }) => {
      const rows = object.elements().map((element) => row(element.name, describeElement(element)));
      return [object.title, "-".repeat(object.title.length), row("identifier", [object.name]), ...rows].join("\n");
    })
    .join("\n\n");
}

const row = (name: string, lines: readonly string[]): string =>
  lines.map((line, index) => (index === 0 ? name : "").padEnd(WIDTH) + printable(line)).join("\n") || name;

function describeElement({ data, value }: BcdElement): readonly string[] {
  switch (data.format) {
    case "device":
      return [describeDevice(data.device)];
    case "string":
      return [data.text];
    case "object":
      return [objectName(data.guid)];
    case "objects":
      return data.guids.map(objectName);
    case "integer":
      return [data.integer < 10n ? `${data.integer}` : `${data.integer} (0x${data.integer.toString(16)})`];
    case "boolean":
      return [data.on ? "Yes" : "No"];
    case "integers":
      return data.integers.map((integer) => `0x${integer.toString(16)}`);
    case "unknown":
      return [`${value.typeName} ${Buffer.from(value.bytes).toString("hex")}`];
  }
}

/** "partition=...", "ramdisk=[boot]\sources\boot.wim,{ramdiskoptions}" */
export const describeDevice = ({ device, options }: DeviceElement): string =>
  body(device) + (options === undefined ? "" : `,${objectName(options)}`);

function body(device: BcdDevice): string {
  switch (device.kind) {
    case "boot":
      return "boot";
    case "partition":
      return sayPartition(device.id).text;
    case "locate":
      return `locate=${device.path ?? `custom:${(device.element ?? 0).toString(16).padStart(8, "0")}`}`;
    case "ramdisk":
    case "file":
      return `${device.kind}=[${body(device.parent)}]${device.path}`;
    case "other":
      return `device of type ${device.type}`;
  }
}
