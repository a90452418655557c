import { baseBlock, sealBaseBlock } from "#imaging/registry/base-block.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { readAll, tryHive } from "#test/fuzz/hive-case.ts";
import { richHive, wideHive } from "#test/fuzz/hive-seeds.ts";
import type { FuzzTarget } from "#test/fuzz/target.ts";

export const target: FuzzTarget = {
  name: "hive",
  seeds: [
    { name: "rich", content: () => richHive(5) },
    { name: "rich-old", content: () => richHive(3) },
    { name: "wide", content: wideHive },
  ],
  allowed: ["NOT_A_HIVE", "HIVE_UNSUPPORTED", "HIVE_DIRTY", "HIVE_DAMAGED"],
  async parse(device) {
    return tryHive(openHive(await readAll(device)));
  },
  reseal(image) {
    const head = image.bytes(0, baseBlock.size);
    sealBaseBlock(head);
    image.write(head, 0);
  },
};
