import { expect, test } from "vitest";
import { NewGroup, type SourceName } from "#imaging/layout/identity.ts";
import type { LayoutSource, SourcePartition } from "#imaging/layout/layout.ts";
import { newIdentity } from "#imaging/layout/new-volume-ids.ts";

const partition = (number: number, filesystem: string, uuid: string, guid?: string): SourcePartition => ({
  ...{ number, start: number << 20, size: 1 << 20, type: "x", active: false, role: "primary" },
  ...{ filesystem, uuid, guid, least: 1, most: 1 },
});

const SOURCE: LayoutSource = {
  ...{ tableType: "gpt", size: 1 << 30, sectorSize: 512, seed: "seed" },
  partitions: [
    partition(1, "vfat", "1234-ABCD", "aaaaaaaa-01"),
    partition(2, "ntfs", "0123456789ABCDEF", "bbbbbbbb-02"),
    partition(3, "f2fs", "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01", "cccccccc-03"),
  ],
};
const THERE = SOURCE.partitions.map(({ number }) => ({
  source: number,
  number: number + 4,
  guid: `dddddddd-${number}`,
}));

test("each kind of file system gets a UUID of its own form, the same for the same wish", () => {
  const made = newIdentity(SOURCE, THERE, true);
  const [fat, ntfs] = made?.ids.volumes ?? [];
  expect(fat?.to).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/);
  // What Windows shows as serial number stays.
  expect(ntfs?.to).toMatch(/^[0-9A-F]{8}89ABCDEF$/);
  expect(ntfs?.to).not.toBe("0123456789ABCDEF");
  expect(newIdentity(SOURCE, THERE, true)).toEqual(made);
  expect(newIdentity({ ...SOURCE, seed: "other" }, THERE, true)?.ids.volumes[0]?.to).not.toBe(fat?.to);
});

test("all names that change are told, and what no tool can change is said", () => {
  const made = newIdentity(SOURCE, THERE, true);
  expect(made?.ids.volumes.map(({ number }) => number)).toEqual([5, 6]);
  expect(made?.ids.references.map(({ from }) => from)).toEqual([
    "1234-ABCD",
    "0123456789ABCDEF",
    "aaaaaaaa-01",
    "bbbbbbbb-02",
    "cccccccc-03",
  ]);
  expect(made?.notes.map(({ code, text }) => `${code} ${text.slice(0, 31)}`)).toEqual([
    "TWIN_VOLUME The f2fs of partition 3 keeps i",
  ]);
});

test("of a disk that takes the place of another one only the names that a new table has made", () => {
  expect(newIdentity(SOURCE, THERE, false)?.ids).toMatchObject({ volumes: [], references: [{}, {}, {}] });
  const same = SOURCE.partitions.map(({ number, guid }) => ({ source: number, number, guid }));
  expect(newIdentity(SOURCE, same, false)).toBeUndefined();
});

test("what an image calls an id and is none is never written anywhere: it could be a command for sed", () => {
  const hostile = "a/b/;e touch /tmp/x;s/c/d";
  const partitions = [partition(1, "ext4", hostile, hostile), partition(2, "vfat", "0-1", "1")];
  const there = partitions.map(({ number }) => ({ source: number, number, guid: "dddddddd-01" }));
  expect(newIdentity({ ...SOURCE, partitions }, there, true)).toBeUndefined();
});

const GROUP_ID = "AbCdEf-1234-5678-9abc-defg-hijk-lmnopq";
const LUKS = "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a02";
const ROOT = "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a03";

/** LUKS in partition 1, a group in it, and a group of another name in partition 2. */
function layered(isOpen: boolean): LayoutSource {
  const names = (group: string, outer: string): SourceName[] => [
    {
      inside: outer,
      filesystem: "LVM2_member",
      uuid: GROUP_ID,
      group: { name: group, ids: [GROUP_ID], volumes: ["root"] },
      kept: [],
    },
    { inside: outer === "" ? `${group}/root` : `${outer} > ${group}/root`, filesystem: "ext4", uuid: ROOT, kept: [] },
    { inside: `${group}/f2fs`, filesystem: "f2fs", uuid: ROOT, kept: [] },
  ];
  const luks: SourceName = {
    inside: "",
    filesystem: "crypto_LUKS",
    uuid: LUKS,
    kept: isOpen ? [] : [{ text: "It is closed" }],
  };
  return {
    ...SOURCE,
    partitions: [
      { ...partition(1, "crypto_LUKS", LUKS), names: isOpen ? [luks, ...names("vg0", "unlocked")] : [luks] },
      { ...partition(2, "LVM2_member", GROUP_ID), names: names("data", "") },
    ],
  };
}

test("what is in containers is named by its way, a group by another name, and each copy's differ", () => {
  const there = [1, 2].map((number) => ({ source: number, number: number + 4, guid: undefined }));
  const made = newIdentity(layered(true), there, true);
  expect(made?.ids.volumes.map(({ number, inside, type }) => [number, inside, type])).toEqual([
    [5, undefined, "crypto_LUKS"],
    [5, "unlocked > vg0/root", "ext4"],
    [6, "data/root", "ext4"],
  ]);
  expect(made?.ids.groups).toMatchObject([
    { number: 5, inside: "unlocked", from: "vg0", to: expect.stringMatching(/^vg0_[0-9a-f]{4}$/), volumes: ["root"] },
    { number: 6, from: "data", to: expect.stringMatching(/^data_[0-9a-f]{4}$/) },
  ]);
  for (const group of made?.ids.groups ?? []) expect(NewGroup.safeParse(group).success).toBe(true);
  const ids = [...(made?.ids.groups ?? []).flatMap((group) => group.ids), ...(made?.ids.volumes ?? [])].map(
    ({ to }) => to,
  );
  expect(new Set(ids).size).toBe(5);
  expect(made?.notes.map(({ text }) => text.slice(0, 24))).toEqual([
    "The f2fs of vg0/f2fs in ",
    "The f2fs of data/f2fs in",
  ]);
  expect(newIdentity(layered(true), there, true)).toEqual(made);
  const other = newIdentity({ ...layered(true), seed: "another target" }, there, true);
  expect(other?.ids.groups?.[0]?.to).not.toBe(made?.ids.groups?.[0]?.to);
});

test("what is closed is said, and its header gets another UUID all the same", () => {
  const made = newIdentity(layered(false), [{ source: 1, number: 1, guid: undefined }], true);
  expect(made?.ids.volumes).toMatchObject([{ number: 1, type: "crypto_LUKS", from: LUKS }]);
  expect(made?.ids.groups).toBeUndefined();
  expect(made?.notes).toEqual([{ code: "TWIN_VOLUME", text: "It is closed" }]);
});

test("a name that another group on the disk has is not taken", () => {
  const source = layered(true);
  const there = [{ source: 1, number: 1, guid: undefined }];
  const first = newIdentity(source, there, true)?.ids.groups?.[0]?.to ?? "";
  const [encrypted, plain] = source.partitions as [SourcePartition, SourcePartition];
  const taken = { name: first, ids: [GROUP_ID], volumes: [] };
  const names = [{ inside: "", filesystem: "LVM2_member", group: taken, kept: [] }];
  const second = newIdentity({ ...source, partitions: [encrypted, { ...plain, names }] }, there, true)?.ids.groups?.[0]
    ?.to;
  expect(second).toMatch(/^vg0_[0-9a-f]{4}$/);
  expect(second).not.toBe(first);
});
