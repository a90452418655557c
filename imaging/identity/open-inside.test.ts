import { expect, test } from "vitest";
import { openInside } from "#imaging/identity/open-inside.ts";
import { groupText, linearText, lvmVolume } from "#test/doubles/lvm-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const ID = "bbbbbb-bbbb-bbbb-bbbb-bbbb-bbbb-bbbbbb";
const TYPE = { type: "LVM2_member", uuid: undefined } as const;

test("a volume that holds itself comes to an end, and what is damaged is a reason", async () => {
  const text = groupText(linearText("self", [8, 0]), { peStart: 0, peCount: 8 }).replace(/"[xy]"/g, `"${ID}"`);
  const found = await openInside(memoryDevice(lvmVolume({ text })), TYPE, { keys: [] });
  expect(found.map(({ inside }) => inside).at(-1)).toBe("vg0/self > vg0/self > vg0/self > vg0/self");
  expect(found.at(-1)?.closed).toMatch(/too deep/);
  const damaged = lvmVolume({ text: groupText("").replace("extent_size = 2048", "") });
  expect(await openInside(memoryDevice(damaged), TYPE, { keys: [] })).toMatchObject([
    { inside: "", closed: expect.stringMatching(/extent_size/) },
  ]);
});
