import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Mark, readMark, writeMark } from "#imaging/repository/mark.ts";
import { caseFile, resealRecords } from "#test/fuzz/repository-seed.ts";
import { scratchFolder } from "#test/fuzz/scratch.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const MARK: Mark = { pinned: true, note: "before the great change", labels: ["office", "2026"] };
const made = join(scratchFolder(), "seed.lbi");
await writeMark(made, MARK, undefined);
const seed = readFileSync(made.replace(/\.lbi$/, ".mark"));

/** What people say of a point. */
export const target: FuzzTarget = {
  name: "mark",
  share: 0.2,
  seeds: [{ name: "pinned", content: () => seed }],
  allowed: ["IMAGE_DAMAGED"],
  dictionary: ["null", "true", "false", "[]", "{}", '"pinned":', "-1"],
  reseal: (image) => resealRecords(image, [0]),
  async parse(device) {
    await caseFile(device, join(scratchFolder(), "case.mark"));
    const { pinned, labels } = await readMark(join(scratchFolder(), "case.lbi"), undefined);
    promise(typeof pinned === "boolean" && Array.isArray(labels), () => "no mark");
    return "accepted";
  },
};
