import { describe, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { usableOf } from "#imaging/disk/build-table.ts";
import { type LayoutSource, type LayoutWish, MIB, type PlannedLayout } from "#imaging/layout/layout.ts";
import { planLayout } from "#imaging/layout/plan-layout.ts";
import { layoutCase, sampleSource, sourcePartition } from "#test/doubles/sample-layout.ts";
import { caseRandom } from "#test/fuzz/random.ts";

const GIB = 1024 * MIB;
const disk = (size: number, sectorSize = 512) => ({ size, sectorSize, name: "the target" });
const plan = (source: LayoutSource, size: number, wish: LayoutWish, sectorSize = 512) =>
  planLayout(source, disk(size, sectorSize), wish);
const brief = ({ partitions }: PlannedLayout) =>
  partitions.map(({ number, role, start, size, change }) => [number, role, start / MIB, size / MIB, change].join(" "));
const codes = ({ notes }: PlannedLayout) => notes.map(({ code }) => code);

describe("10,000 random images, disks and wishes", () => {
  const seed = 20_261_129;
  const cases = Array.from({ length: 10_000 }, (_, i) => layoutCase(caseRandom(seed, "layout", i)));
  const results = cases.map(({ source, target, wish }) => {
    try {
      return planLayout(source, target, wish);
    } catch (error) {
      if (isLifeboatError(error)) return error;
      throw error;
    }
  });

  test("the cases are of every kind, and most can be planned", () => {
    const planned = results.filter((result) => "partitions" in result);
    expect(planned.length).toBeGreaterThan(4000);
    const refused = new Set(results.map((result) => ("code" in result ? result.code : "")));
    expect(refused).toContain("LAYOUT_TOO_SMALL");
    expect(refused).toContain("SECTOR_SIZE_UNFIT");
    const all = planned.flatMap(({ partitions }) => partitions);
    for (const change of ["none", "grow", "shrink", "remake"])
      expect(all.filter((one) => one.change === change).length, change).toBeGreaterThan(100);
    expect(all.filter(({ role }) => role === "logical").length).toBeGreaterThan(500);
  });

  test.each([
    "no overlap",
    "inside",
    "limits",
    "alignment",
    "complete",
    "added",
    "numbers",
    "extended",
    "deterministic",
  ])("%s", (property) => {
    for (const [i, result] of results.entries()) {
      const { source, target, wish } = cases[i] as (typeof cases)[number];
      if (!("partitions" in result)) continue;
      const problem = PROPERTIES[property]?.(result, source, { target, wish });
      expect(problem, `case ${i}: ${JSON.stringify({ wish, target, source, result }, null, 1)}`).toBeUndefined();
    }
  });

  test("what is refused as too small is so by the limits of the partitions", () => {
    for (const [i, result] of results.entries()) {
      const { source, target, wish } = cases[i] as (typeof cases)[number];
      if (!isLifeboatError(result, "LAYOUT_TOO_SMALL") || wish.mode !== "shrink") continue;
      // All least sizes, each with a unit of alignment and of boot records at most, would not have had room.
      const real = source.partitions.filter(({ role }) => role !== "extended");
      const added = (wish.add ?? []).length * (target.sectorSize === 512 ? 100 : 300) * MIB;
      const least = real.reduce((sum, one) => sum + Math.min(one.least, one.size), added);
      const { start, end } = usableOf(wish.table ?? source.tableType, target.size, target.sectorSize);
      const align = wish.align ?? MIB;
      expect(least + (2 * real.length + 4) * align, `case ${i}`).toBeGreaterThan(end - start);
    }
  });
});

interface Asked {
  target: { size: number; sectorSize: number };
  wish: LayoutWish;
}
type Property = (layout: PlannedLayout, source: LayoutSource, asked: Asked) => string | undefined;

/** Written from what a table and a file system need, not from how the planner goes about it. */
const PROPERTIES: Readonly<Record<string, Property>> = {
  "no overlap": ({ partitions }) => {
    const real = partitions.filter(({ role }) => role !== "extended").toSorted((a, b) => a.start - b.start);
    const hit = real.find((one, i) => i > 0 && one.start < (real[i - 1]?.start ?? 0) + (real[i - 1]?.size ?? 0));
    return hit && `partition ${hit.number} overlaps`;
  },
  inside: ({ partitions, tableType }, _source, { target }) => {
    const head = tableType === "mbr" ? target.sectorSize : target.sectorSize * 2 + 16_384;
    const tail = tableType === "mbr" ? 0 : target.sectorSize + 16_384;
    const out = partitions.find(
      ({ start, size }) =>
        start < head ||
        start + size > target.size - tail ||
        (tableType === "mbr" && (start + size) / target.sectorSize > 2 ** 32),
    );
    return out && `partition ${out.number} lies outside`;
  },
  limits: ({ partitions }, source, { target }) => {
    for (const one of partitions) {
      const from = source.partitions.find(({ number }) => number === one.source);
      if (!from) continue;
      if (one.size < Math.min(from.least, from.size)) return `partition ${one.number} is below its least size`;
      const now = Math.ceil(from.size / target.sectorSize) * target.sectorSize;
      if (one.size > Math.max(from.most, now)) return `partition ${one.number} is above its most`;
      const changed = one.change !== "none" && one.change !== "remake";
      if (changed !== (one.size < from.size || one.size > now) && !from.remade && one.change !== "remake")
        return `partition ${one.number} is said to ${one.change}`;
    }
    return undefined;
  },
  alignment: ({ partitions }, source, { target, wish }) => {
    for (const { start, size, number, role, source: partition, made } of partitions) {
      if (made === "bios-grub" && start < MIB) continue;
      if (start % target.sectorSize !== 0 || size % target.sectorSize !== 0) return `${number} is no whole sectors`;
      const fixed = wish.partitions?.some((one) => one.start !== undefined);
      const from = source.partitions.find((one) => one.number === partition)?.start;
      const stays = wish.mode === "keep" && !wish.align && start === from && start % 4096 === 0;
      if (!fixed && !stays && role !== "extended" && start % (wish.align ?? MIB) !== 0)
        return `${number} is not aligned`;
    }
    return undefined;
  },
  complete: ({ partitions, notes }, source) => {
    const said = notes.filter(({ code }) => code === "PARTITION_NOT_RESTORED").map(({ text }) => text);
    for (const { number, role } of source.partitions) {
      if (role === "extended") continue;
      const there = partitions.filter((one) => one.source === number).length;
      const lost = said.filter((text) => text.startsWith(`Partition ${number} `)).length;
      if (there + lost !== 1) return `partition ${number} is there ${there} times and said to be lost ${lost} times`;
    }
    return undefined;
  },
  added: ({ partitions, tableType, notes }, source, { target, wish }) => {
    const wished = new Set((wish.add ?? []).map(({ role }) => role));
    if (tableType === "mbr") wished.delete("bios-grub");
    for (const [made, types, least] of [
      ["esp", ["c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "0xef"], (target.sectorSize === 512 ? 100 : 300) * MIB],
      ["bios-grub", ["21686148-6449-6e6f-744e-656564454649"], 256 * 1024],
    ] as const) {
      const there = partitions.filter(({ type }) => (types as readonly string[]).includes(type));
      const added = there.filter((one) => one.made === made);
      const before = there.filter((one) => one.source !== undefined);
      const right = wished.has(made) && before.length === 0 ? 1 : 0;
      if (added.length !== right) return `${made} is added ${added.length} times`;
      if (added.some(({ size }) => size < least)) return `${made} is too small`;
      const isSaid = notes.some(({ code }) => code === "BOOT_PARTITION_LOGICAL");
      if (added.some(({ role }) => role !== "primary") && !isSaid) return `${made} is logical`;
      if (added.some(({ number }) => source.partitions.length > 0 && number < 1)) return `${made} has no number`;
    }
    return undefined;
  },
  numbers: ({ partitions, tableType }) => {
    const numbers = partitions.map(({ number }) => number);
    if (new Set(numbers).size !== numbers.length) return "a number is given twice";
    if (tableType === "gpt") return numbers.some((n) => n < 1 || n > 128) ? "a number of no GPT" : undefined;
    const slots = partitions.filter(({ role }) => role !== "logical").map(({ number }) => number);
    if (slots.some((n) => n > 4)) return "a number of no MBR";
    const logical = partitions.filter(({ role }) => role === "logical").map(({ number }) => number);
    return logical.every((n, i) => n === 5 + i) ? undefined : `logical partitions are numbered ${logical}`;
  },
  extended: ({ partitions, tableType }, _source, { target }) => {
    const [extended, ...more] = partitions.filter(({ role }) => role === "extended");
    const logical = partitions.filter(({ role }) => role === "logical");
    if (more.length > 0 || logical.length > 0 !== (extended !== undefined)) return "not one extended partition";
    if (!extended) return undefined;
    if (tableType === "gpt") return "an extended partition on a GPT";
    const end = extended.start + extended.size;
    let free = extended.start;
    for (const { start, size, number } of logical) {
      if (start < free + target.sectorSize) return `no sector for the boot record of ${number}`;
      free = start + size;
    }
    if (free > end) return "a logical partition leaves the extended one";
    const inside = partitions.some(
      (one) => one.role === "primary" && one.start < end && one.start + one.size > extended.start,
    );
    return inside ? "a primary partition lies in the extended one" : undefined;
  },
  deterministic: (layout, source, { target, wish }) =>
    JSON.stringify(planLayout(source, { ...target, name: "" }, wish)) === JSON.stringify(layout)
      ? undefined
      : "it differs",
};

describe("modes", () => {
  test("keep: where they are when all can stay, else one behind the other", () => {
    const layout = plan(sampleSource(), 20 * GIB, { mode: "keep" });
    expect(brief(layout)).toEqual(["1 primary 4096 100 none", "2 primary 8192 4096 none", "3 primary 12288 512 none"]);
    expect(codes(layout)).toEqual(["SPACE_UNUSED"]);
    const packed = ["1 primary 1 100 none", "2 primary 101 4096 none", "3 primary 4197 512 none"];
    expect(brief(plan(sampleSource(), 12 * GIB, { mode: "keep" }))).toEqual(packed);
    expect(brief(plan(sampleSource(), 20 * GIB, { mode: "keep", align: MIB }))).toEqual(packed);
  });

  test("keep: starts that lie between two sectors of an SSD are corrected", () => {
    const old = [
      sourcePartition(1, 100 * MIB, { start: 63 * 512 }),
      sourcePartition(2, 50 * MIB, { start: 200 * MIB }),
    ];
    const layout = plan({ ...sampleSource(), partitions: old }, GIB, { mode: "keep" });
    expect(brief(layout)).toEqual(["1 primary 1 100 none", "2 primary 101 50 none"]);
  });

  test("keep on a disk that is too small names what it would need", () => {
    expect(() => plan(sampleSource(), 4 * GIB, { mode: "keep" })).toThrow("LAYOUT_TOO_SMALL");
    expect(() => plan(sampleSource(), 4 * GIB, { mode: "keep" })).toThrow("as they are");
  });

  test("fill: what holds data takes the rest, what has a fixed use stays", () => {
    const layout = plan(sampleSource(), 20 * GIB, { mode: "fill" });
    expect(brief(layout)).toEqual(["1 primary 1 100 none", "2 primary 101 19866 grow", "3 primary 19967 512 none"]);
  });

  test("fill for chosen partitions", () => {
    const source = sampleSource([sourcePartition(4, 3000 * MIB), sourcePartition(5, 1000 * MIB, { least: MIB })]);
    expect(brief(plan(source, 10_000 * MIB, { mode: "fill", grow: [5] }))).toEqual([
      "1 primary 1 100 none",
      "2 primary 101 4096 none",
      "3 primary 4197 512 none",
      "4 primary 4709 3000 none",
      "5 primary 7709 2290 grow",
    ]);
  });

  test("shrink: each gives of what it can spare", () => {
    const layout = plan(sampleSource(), 3 * GIB, { mode: "shrink" });
    expect(brief(layout)).toEqual(["1 primary 1 100 none", "2 primary 101 2458 shrink", "3 primary 2559 512 none"]);
    expect(brief(plan(sampleSource(), 20 * GIB, { mode: "shrink" }))[1]).toBe("2 primary 101 4096 none");
  });

  test("shrink: what has a fixed use, or is small, gives last", () => {
    const source = sampleSource();
    const spare = { ...source, partitions: source.partitions.map((one) => ({ ...one, least: one.size / 4 })) };
    const sizes = (size: number) => plan(spare, size, { mode: "shrink" }).partitions.map((one) => one.size / MIB);
    expect(sizes(3 * GIB)).toEqual([100, 2458, 512]);
    expect(sizes(1640 * MIB)).toEqual([100, 1026, 512]);
    const [esp = 0, root, swap = 0] = sizes(1400 * MIB);
    expect(root).toBe(1024);
    expect([esp < 100, swap < 512, esp + swap]).toEqual([true, true, 1400 - 2 - 1024]);
    expect(() => sizes(1170 * MIB)).toThrow("LAYOUT_TOO_SMALL");
  });

  test("manual: order, sizes and places as they are said; the rest is named", () => {
    const partitions = [
      { source: 2, size: "rest", name: "new name" } as const,
      { source: 1, start: 5000 * MIB, number: 7, active: true },
    ];
    const layout = plan(sampleSource(), 20 * GIB, { mode: "manual", partitions });
    expect(brief(layout)).toEqual(["2 primary 1 4999 grow", "7 primary 5000 100 none"]);
    expect(layout.partitions[0]?.name).toBe("new name");
    expect(codes(layout)).toEqual(["PARTITION_NOT_RESTORED", "PARTITION_RENUMBERED", "SPACE_UNUSED"]);
  });

  test.each([
    [{ mode: "manual" }, "no partitions are named"],
    [{ mode: "manual", partitions: [] }, "no partition would be on the disk"],
    [{ mode: "manual", partitions: [{ source: 9 }] }, "there is no partition 9"],
    [{ mode: "manual", partitions: [{ source: 1 }, { source: 1 }] }, "partition 1 is there twice"],
    [{ mode: "manual", partitions: [{ source: 2, size: MIB }] }, "needs 1073741824 bytes at least"],
    [{ mode: "manual", partitions: [{ source: 1, size: 200 * MIB }] }, "can have 104857600 bytes at most"],
    [{ mode: "manual", partitions: [{ source: 1, start: 513 }] }, "cannot start at byte 513"],
    [{ mode: "manual", partitions: [{ source: 1 }, { source: 2, start: MIB }] }, "there is no room for partition 1"],
    [
      {
        mode: "manual",
        partitions: [
          { source: 1, start: 9 * MIB },
          { source: 2, start: 8 * MIB },
        ],
      },
      "starts before what comes before it",
    ],
    [
      {
        mode: "manual",
        partitions: [
          { source: 1, number: 3 },
          { source: 2, number: 3 },
        ],
      },
      "number 3 is given twice",
    ],
    [{ mode: "fill", grow: [1] }, "cannot grow: it is an EFI system partition"],
    [{ mode: "keep", only: [8] }, "there is no partition 8"],
    [{ mode: "keep", align: 4096 }, "no multiple of 1 MiB"],
    [{ mode: "keep", grow: [2] }, "only a layout that fills"],
  ] as [LayoutWish, string][])("%j is refused: %s", (wish, problem) => {
    expect(() => plan(sampleSource(), 20 * GIB, wish)).toThrow("LAYOUT_INVALID");
    expect(() => plan(sampleSource(), 20 * GIB, wish)).toThrow(problem);
  });
});

describe("tables", () => {
  test("seven partitions of a GPT on an MBR: three stay primary, the rest are logical, names are said to be lost", () => {
    const more = [4, 5, 6, 7].map((number) => sourcePartition(number, 100 * MIB, { name: `data ${number}` }));
    const layout = plan(sampleSource(more), 20 * GIB, { mode: "keep", table: "mbr" });
    expect(brief(layout)).toEqual([
      "1 primary 1 100 none",
      "2 primary 101 4096 none",
      "3 primary 4197 512 none",
      "4 extended 4709 404 none",
      "5 logical 4710 100 none",
      "6 logical 4811 100 none",
      "7 logical 4912 100 none",
      "8 logical 5013 100 none",
    ]);
    expect(layout.partitions.map(({ type }) => type)).toEqual([
      "0xef",
      "0x83",
      "0x82",
      "0x0f",
      "0x83",
      "0x83",
      "0x83",
      "0x83",
    ]);
    expect(codes(layout)).toEqual([
      "TABLE_CONVERTED",
      "PARTITION_NAMES_LOST",
      "BOOT_MAY_FAIL",
      "PARTITION_RENUMBERED",
      "PARTITION_RENUMBERED",
      "PARTITION_RENUMBERED",
      "PARTITION_RENUMBERED",
      "SPACE_UNUSED",
    ]);
    expect(layout.notes[1]?.text).toContain('4 "data 4", 5 "data 5", 6 "data 6", 7 "data 7"');
    expect(layout.diskId).toMatch(/^[0-9a-f]{8}$/);
  });

  test("the partition that a computer starts from stays primary, wherever it lies", () => {
    const more = [4, 5, 6].map((number) => sourcePartition(number, 100 * MIB, { active: number === 6 }));
    const layout = plan(sampleSource(more), 20 * GIB, { mode: "keep", table: "mbr" });
    expect(layout.partitions.filter(({ role }) => role === "logical").map(({ source }) => source)).toEqual([3, 4, 5]);
    expect(codes(layout)).not.toContain("BOOT_PARTITION_LOGICAL");
  });

  test("what nothing looks for on an MBR is left out, with the reason", () => {
    const reserved = sourcePartition(4, 16 * MIB, { type: "e3c9e316-0b5c-4db8-817d-f92df00215ae" });
    const layout = plan(sampleSource([reserved]), 20 * GIB, { mode: "keep", table: "mbr" });
    expect(layout.notes[0]).toMatchObject({
      code: "PARTITION_NOT_RESTORED",
      text: "Partition 4 (16 MiB) is left out: space that Windows reserves on disks with a GPT",
    });
  });

  test("an MBR with logical partitions becomes a GPT of the same numbers", () => {
    const source: LayoutSource = {
      ...sampleSource(),
      tableType: "mbr",
      diskId: "0a0b0c0d",
      partitions: [
        sourcePartition(1, 100 * MIB, { type: "0x07", start: MIB, filesystem: "ntfs", active: true }),
        sourcePartition(2, 202 * MIB, { type: "0x0f", role: "extended", start: 101 * MIB }),
        sourcePartition(5, 100 * MIB, { type: "0x83", role: "logical", start: 102 * MIB }),
        sourcePartition(6, 100 * MIB, { type: "0x82", role: "logical", start: 203 * MIB, filesystem: "swap" }),
      ],
    };
    const layout = plan(source, GIB, { mode: "keep", table: "gpt" });
    expect(brief(layout)).toEqual(["1 primary 1 100 none", "5 primary 101 100 none", "6 primary 201 100 none"]);
    expect(layout.partitions.map(({ typeName }) => typeName)).toEqual(["Windows data", "Linux data", "Linux swap"]);
    const same = plan(source, GIB, { mode: "keep" });
    expect(brief(same)).toEqual([
      "1 primary 1 100 none",
      "2 extended 101 202 none",
      "5 logical 102 100 none",
      "6 logical 203 100 none",
    ]);
    expect(same.partitions.map(({ guid }) => guid)).toEqual([
      "0a0b0c0d-01",
      "0a0b0c0d-02",
      "0a0b0c0d-05",
      "0a0b0c0d-06",
    ]);
  });

  test("identities are kept, or all new; both without chance", () => {
    const kept = plan(sampleSource(), 20 * GIB, { mode: "keep" });
    const fresh = plan(sampleSource(), 20 * GIB, { mode: "keep", ids: "new" });
    expect(kept.diskId).toBe(sampleSource().diskId);
    expect(kept.partitions.map(({ guid }) => guid)).toEqual(sampleSource().partitions.map(({ guid }) => guid));
    const all = [fresh, kept].flatMap(({ diskId, partitions }) => [diskId, ...partitions.map(({ guid }) => guid)]);
    expect(new Set(all).size).toBe(8);
    expect(plan(sampleSource(), 20 * GIB, { mode: "keep", ids: "new" })).toEqual(fresh);
  });
});
