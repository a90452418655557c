import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createHive } from "#imaging/registry/create-hive.ts";
import { applyEdits } from "#imaging/registry/edit.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { hivexTrees, treeOf } from "#test/engine/registry/hive-tree.ts";
import { Model, randomEdit } from "#test/engine/registry/random-edits.ts";
import { caseRandom } from "#test/fuzz/random.ts";
import { FULL } from "#test/sample.ts";

const SEQUENCES = FULL ? 6000 : 100;
/** Hives that one process of hivex reads. */
const BATCH = 50;
const VERSIONS = [3, 4, 5, 6] as const;

const folder = mkdtempSync(join(tmpdir(), "lifeboat-hives-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Between two of its parts the hive is written and opened again. */
function runSequence(number: number) {
  const random = caseRandom(42, "registry-edits", number);
  const model = new Model("ROOT");
  let hive = createHive({ minorVersion: random.pick(VERSIONS) });
  for (let part = 0; part < 3; part++) {
    const edits = Array.from({ length: 1 + random.int(40) }, () => randomEdit(random));
    applyEdits(hive.root, edits);
    for (const edit of edits) model.apply(edit);
    hive.check();
    hive = openHive(hive.toBytes());
  }
  return { hive, model };
}

test(`${SEQUENCES} sequences of edits leave what a plain model has, by our reading and by hivex's`, () => {
  for (let first = 0; first < SEQUENCES; first += BATCH) {
    const made = Array.from({ length: BATCH }, (_, index) => runSequence(first + index));
    const paths = made.map(({ hive }, index) => {
      const path = join(folder, `${index}.hive`);
      writeFileSync(path, hive.toBytes());
      return path;
    });
    const read = hivexTrees(paths);
    for (const [index, { hive, model }] of made.entries()) {
      const expected = model.tree();
      expect(treeOf(hive.root), `sequence ${first + index}, by us`).toEqual(expected);
      expect(read[index], `sequence ${first + index}, by hivex`).toEqual(expected);
    }
  }
}, 1_800_000);
