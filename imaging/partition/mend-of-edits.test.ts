import { expect, test } from "vitest";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import { mendOfEdits, mendOfMove } from "#imaging/partition/mend-of-edits.ts";
import type { MoveDescription } from "#imaging/partition/move/move-description.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";

const MIB = 1 << 20;
const part = (number: number, start: number, more: Partial<PicturedPartition> = {}): PicturedPartition => ({
  ...{ source: number, number, start: start * MIB, size: 64 * MIB, type: "0x07", active: false, attributes: "0x0" },
  ...{ role: "primary", least: 0, most: 1024 * MIB, usedBy: [], ...more },
});
const disk = (...partitions: PicturedPartition[]): Picture => ({
  ...{ tableType: "mbr", size: 2048 * MIB, sectorSize: 512, diskId: "a1b2c3d4", partitions },
});
const LOGICAL = { role: "logical" } as const;
const STARTED = disk(
  part(1, 1, { active: true }),
  part(2, 100),
  part(3, 500, { role: "extended", type: "0x05", size: 1000 * MIB }),
  part(5, 501, LOGICAL),
  part(6, 701, LOGICAL),
);
const at = (mebibytes: number) => ({ style: "mbr", signature: 0xa1b2c3d4, offset: mebibytes * MIB });
const move = (number: number, mebibytes: number): Edit => ({ op: "move", number, start: mebibytes * MIB });
const wish = (picture: Picture, ...edits: Edit[]) =>
  mendOfEdits(
    edits,
    picture,
    edits.reduce<Picture>((now, edit, i) => applyEdit(now, edit, `seed ${i}`), picture),
  );

test("what is moved on a disk that something starts from has another name", () => {
  expect(wish(STARTED, move(2, 200))).toMatchObject({ boot: true, renew: true, universal: false });
  expect(wish(STARTED, move(2, 200))?.moved).toEqual([{ from: at(100), to: at(200) }]);
});

test("a logical partition that another number is given keeps its name, and one that is deleted has none any more", () => {
  const { moved } = wish(STARTED, { op: "delete", number: 5 }, move(5, 801)) ?? {};
  expect(moved).toEqual([{ from: at(501) }, { from: at(701), to: at(801) }]);
});

test("converted to a GPT, each has its new name", () => {
  const { moved = [] } = wish(disk(part(1, 1, { active: true }), part(2, 100)), { op: "convert", table: "gpt" }) ?? {};
  expect(moved.map(({ from, to }) => [from, to?.style])).toEqual([
    [at(1), "gpt"],
    [at(100), "gpt"],
  ]);
});

test("nothing is mended where nothing is moved, or nothing starts", () => {
  expect(wish(STARTED, { op: "active", number: 2, active: true })).toBeUndefined();
  expect(wish(disk(part(1, 1), part(2, 100)), move(2, 200))).toBeUndefined();
});

test("a move that is finished later says the same, from its journal", () => {
  const after = applyEdit(STARTED, move(5, 601), "seed");
  const table = ({ partitions }: Picture) =>
    partitions.map(({ source: _, least: _least, most: _most, usedBy: _used, ...one }) => one);
  const { tableType, diskId, size, sectorSize } = STARTED;
  const journal: MoveDescription = {
    ...{
      kind: "move",
      moveId: "0b0b0b0b-1111-4222-8333-444455556666",
      tableType: tableType as "mbr",
      diskId,
      size,
      sectorSize,
    },
    ...{ number: 5, from: 501 * MIB, to: 601 * MIB, bytes: 64 * MIB, window: MIB, extents: [] },
    ...{ before: table(STARTED), after: table(after) },
  };
  expect(mendOfMove(journal)).toEqual(mendOfEdits([move(5, 601)], STARTED, after));
  expect(mendOfMove({ ...journal, before: journal.before.map((one) => ({ ...one, active: false })) })).toBeUndefined();
});
