import { expect, it } from "vitest";
import type { OpenDisk } from "#imaging/clone/open-disk.ts";
import type { LayoutSource } from "#imaging/layout/layout.ts";
import { Layouts } from "#rescue/jobs/layouts.ts";
import { sampleDisk, sampleImage } from "#test/doubles/rescue.ts";

const MiB = 1 << 20;
const partition = (number: number, start: number, least: number) => ({
  ...{ number, start, size: 16 * MiB, type: "0fc63daf-8483-4772-8e79-3d69d8477de4", active: false },
  guid: `5b0d7e1a-0002-4c1d-9a1e-3f8a55aa000${number}`,
  ...{ role: "primary" as const, filesystem: "ext4", least, most: 1024 * MiB },
});
const source: LayoutSource = {
  ...{ tableType: "gpt", size: 64 * MiB, sectorSize: 512, seed: "seed" },
  diskId: "5b0d7e1a-0001-4c1d-9a1e-3f8a55aa0001",
  partitions: [partition(1, MiB, 8 * MiB), { ...partition(2, 17 * MiB, 16 * MiB), most: Number.POSITIVE_INFINITY }],
};

function machine(size: number) {
  const asked: string[] = [];
  const layouts = new Layouts({
    images: { open: async () => ({ path: "/a.lbi" }), release: async () => {} },
    openImage: async (path) => sampleImage(path),
    unlock: async () => new Uint8Array(32),
    openDisk: async (disk) => {
      asked.push(`opened ${disk.id}`);
      return { ...sampleImage(disk.path), async [Symbol.asyncDispose]() {} } as unknown as OpenDisk;
    },
    listDisks: async () => [sampleDisk({ size })],
    source: async (_image, target, wish) => {
      asked.push(`${target.size} ${wish.ids ?? "keep"}`);
      return source;
    },
  });
  const plan = (layout: Parameters<Layouts["plan"]>[0]["layout"], targetId = "ata-TARGET_0001") =>
    layouts.plan({ imageId: "image-1", targetId, layout });
  const planClone = (layout: Parameters<Layouts["plan"]>[0]["layout"]) =>
    layouts.plan({ diskId: "ata-TARGET_0001", targetId: "ata-TARGET_0001", layout });
  return { asked, plan, planClone };
}

it("tells the sizes that partitions can have, and where they would lie; the tools are asked once", async () => {
  const { asked, plan } = machine(64 * MiB);
  const kept = await plan({ mode: "keep" });
  expect(kept.limits.map(({ number, least, most }) => [number, least, most])).toEqual([
    [1, 8 * MiB, 1024 * MiB],
    [2, 16 * MiB, 64 * MiB], // what has no end of its own ends with the disk
  ]);
  expect(kept.planned?.partitions.map(({ size }) => size)).toEqual([16 * MiB, 16 * MiB]);
  const sizes = [{ source: 1, size: 8 * MiB }, { source: 2 }];
  const byHand = await plan({ mode: "manual", partitions: sizes });
  expect(byHand.planned?.partitions.map(({ size }) => size)).toEqual([8 * MiB, 16 * MiB]);
  expect(asked).toEqual([`${64 * MiB} keep`]);
  await plan({ mode: "keep", ids: "new" });
  expect(asked).toEqual([`${64 * MiB} keep`, `${64 * MiB} new`]);
});

it("opens a disk that is cloned once, as long as it stays as it is", async () => {
  const { asked, planClone } = machine(64 * MiB);
  const kept = await planClone({ mode: "keep" });
  expect(kept.planned?.partitions).toHaveLength(2);
  await planClone({ mode: "shrink" });
  expect(asked).toEqual(["opened ata-TARGET_0001", `${64 * MiB} keep`]);
});

it("says why a wish cannot be, beside what could", async () => {
  const { plan } = machine(24 * MiB);
  const answer = await plan({ mode: "keep" });
  expect(answer.planned).toBeUndefined();
  expect(answer.problem?.code).toBe("LAYOUT_TOO_SMALL");
  expect(answer.limits).toHaveLength(2);
  await expect(plan({ mode: "keep" }, "gone")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
