import { expect, it } from "vitest";
import type { EditedPartition } from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";
import { Partitions } from "#ui/partitions/partitions.ts";

/** The store against a scripted server; what the pages make of it is tested in the browser. */

const MIB = 1 << 20;
const two = { number: 2, source: 2, start: 30 * MIB, size: 40 * MIB, role: "primary" } as EditedPartition;

it("asks for sizes once more when what is wanted changes before they are told", async () => {
  const asked: { sizesOf?: number; edits: readonly unknown[] }[] = [];
  const told: (() => void)[] = [];
  const call = (_name: string, { body }: { body: (typeof asked)[number] }) => {
    asked.push(body);
    return new Promise((resolve) => told.push(() => resolve({ edits: body.edits, steps: [] })));
  };
  const partitions = new Partitions({ api: { call } as unknown as Api, show: () => {}, isShown: () => true });
  const answer = async (at: number) => {
    told[at]?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  partitions.choose("disk-1");
  await answer(0);
  partitions.askSizes(2);
  partitions.put(two, { start: 50 * MIB, size: two.size });
  await answer(1);
  await answer(2);
  partitions.discard();
  expect(asked.map(({ sizesOf }) => sizesOf)).toEqual([undefined, 2, 2, undefined]);
});
