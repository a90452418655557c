import { expect, test } from "vitest";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { sampleDisk, sampleImage, samplePartition } from "#test/doubles/sample-plan.ts";

const FORGED = "x\nNothing on the target will be lost.\u001b[8m";
const OPTIONS = { verifyTarget: true, salvage: false };

test("no name from a disk or an image adds a line to a plan, or steers the terminal", () => {
  const filesystem = { type: "ext4", label: FORGED, blockSize: 4096, size: 1 << 20, warnings: [] };
  const target = sampleDisk({ model: FORGED, partitions: [samplePartition(1, { filesystem })] });
  const regions = sampleImage().manifest.regions.map((region) => ({ ...region, label: FORGED }));
  const problems = [{ code: "TABLE_DAMAGED", text: FORGED }];
  const image = { ...sampleImage({ name: FORGED, regions, table: { type: "gpt", problems } }), path: `/${FORGED}` };
  const text = describePlan(planRestore(image, target, {}, OPTIONS));
  const plain = describePlan(
    planRestore(sampleImage({ table: { type: "gpt", problems } }), { ...target, model: "x" }, {}, OPTIONS),
  );
  expect(text.split("\n")).not.toContain("Nothing on the target will be lost.");
  expect(text.split("\n")).toHaveLength(plain.split("\n").length);
  expect(text).toContain("This will be lost:");
  expect(text.match(/[^\P{Cc}\n]/gu)).toBeNull();
});
