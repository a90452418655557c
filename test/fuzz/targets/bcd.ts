import { isLifeboatError } from "#base/errors.ts";
import { type BcdStore, openBcd } from "#imaging/bcd/bcd-store.ts";
import { createBcd } from "#imaging/bcd/create-bcd.ts";
import { describeBcd } from "#imaging/bcd/describe-bcd.ts";
import { encodeDevice } from "#imaging/bcd/device.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import { repairBcd } from "#imaging/bcd/repair-bcd.ts";
import { baseBlock, sealBaseBlock } from "#imaging/registry/base-block.ts";
import { readAll } from "#test/fuzz/hive-case.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const DISK = "ccbae6e9-d3e9-4a2c-8a35-7c1f4d2b9d10";
const gpt = (digit: string): PartitionId => ({
  style: "gpt",
  disk: DISK,
  partition: `${digit.repeat(8)}-1111-4111-8111-111111111111`,
});
const mbr = (offset: number): PartitionId => ({ style: "mbr", signature: 0x1234abcd, offset });
const clock = () => 1_700_000_000_000;

function store(firmware: "bios" | "uefi"): Uint8Array {
  let next = 0;
  const newGuid = () => `00000000-0000-4000-8000-${String(++next).padStart(12, "0")}`;
  const [system, windows, partition] = firmware === "uefi" ? [gpt("1"), gpt("2"), gpt("3")] : [mbr(1), mbr(2), mbr(3)];
  return createBcd({ firmware, system, windows, recovery: { partition }, newGuid, clock }).toBytes();
}

const MOVES = (["1", "2", "3"] as const).map((digit) => ({ from: gpt(digit), to: mbr(Number(digit) << 20) }));

export const target: FuzzTarget = {
  name: "bcd",
  seeds: (["uefi", "bios"] as const).map((firmware) => ({ name: firmware, content: () => store(firmware) })),
  allowed: ["NOT_A_HIVE", "HIVE_UNSUPPORTED", "HIVE_DIRTY", "HIVE_DAMAGED", "NOT_A_BCD"],
  async parse(device) {
    const bytes = await readAll(device);
    const opened = openBcd(bytes);
    const text = describeBcd(opened);
    promise(text.length < 16 * bytes.length + 4096, () => `${text.length} characters of text`);
    checkDevices(opened);
    const repair = { firmware: "bios", system: mbr(1 << 20), windows: mbr(2 << 20), clock, moves: MOVES } as const;
    const once = repairBcd(bytes, repair);
    const twice = repairBcd(once.bytes, repair);
    promise(twice.changes.length === 0, () => `a second repair changes ${twice.changes.join("; ")}`);
    return "accepted";
  },
  reseal(image) {
    const head = image.bytes(0, baseBlock.size);
    sealBaseBlock(head);
    image.write(head, 0);
  },
};

/** A device that is understood can be written. */
function checkDevices(opened: BcdStore): void {
  for (const object of opened.objects())
    for (const { data } of object.elements()) {
      if (data.format !== "device") continue;
      try {
        encodeDevice(data.device);
      } catch (error) {
        if (isLifeboatError(error) || !(error instanceof RangeError)) throw error;
      }
    }
}
