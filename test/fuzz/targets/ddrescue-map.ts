import { readBytes } from "#imaging/device/block-device.ts";
import { formatMap, parseMap } from "#imaging/salvage/ddrescue-map.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { checkExtents } from "#test/fuzz/promises.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** As GNU ddrescue 1.27 writes one. */
const MAP = `# Mapfile. Created by GNU ddrescue version 1.27
# Command line: ddrescue -d /dev/sdb rescue.img rescue.map
# Start time:   2026-01-02 03:04:05
# current_pos  current_status  current_pass
0x00110000     ?               1
#      pos        size  status
0x00000000  0x00100000  +
0x00100000  0x00010000  -
0x00110000  0x00020000  /
0x00130000  0x7FFFED0000  ?
`;

const DICTIONARY = [
  "0x",
  "0X1FFFFFFFFFFFFF",
  "0x20000000000000",
  "-1",
  "+",
  "?",
  "*",
  "#",
  "\n",
  "\r\n",
  "08",
  "1e9",
  "\t",
];

/** Map files that ddrescue or an editor wrote. */
export const target: FuzzTarget = {
  name: "ddrescue-map",
  seeds: [{ name: "three-runs", content: () => text(MAP) }],
  allowed: ["STRUCT_BAD_VALUE"],
  dictionary: DICTIONARY,
  async parse(device) {
    const map = parseMap(new TextDecoder().decode(await readBytes(device, 0, Math.min(device.size, 1 << 20))));
    let end: number | undefined;
    for (const block of map.blocks) {
      promise(end === undefined || block.start === end, () => `a block at ${block.start} behind ${end}`);
      checkExtents([block], Number.MAX_SAFE_INTEGER, "block");
      end = block.end;
    }
    const again = parseMap([...formatMap(map.blocks, [], map.status)].join(""));
    promise(JSON.stringify(again.blocks) === JSON.stringify(map.blocks), () => "it is not read again as it was");
    return "accepted";
  },
};
