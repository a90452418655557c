import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRescueSet, serialiseRescueSet } from "#base/medium/rescue-set.ts";
import type { Layer } from "../build-parts.ts";
import { rescueSet } from "./rescue-set.ts";

const MIB = 2 ** 20;

test("each rescue system of a set, with its words and what it needs; a text one as little as it can", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-set-"));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
  const names = ["base", "firmware", "speech", "kiosk", "lifeboat"];
  for (const name of names) await writeFile(join(folder, name), Buffer.alloc(MIB));
  const layers = names.map((name) => ({ name, path: join(folder, name) }) as unknown as Layer);
  const set = await rescueSet({ name: "Lifeboat", layers: names, extraKernelParameters: "lang=de" }, layers);
  expect(set.entries.map(({ kind, memory }) => [kind, memory / MIB])).toEqual([
    ["screen", 2048],
    ["text", 448],
    ["firmware", 449],
    ["speaking", 449],
  ]);
  expect(set.entries[1]?.parameters).toEqual([
    ...["console=ttyS0,115200", "console=tty0", "quiet", "lifeboat.layers=base,lifeboat", "lang=de"],
  ]);
  expect(parseRescueSet(serialiseRescueSet(set))).toEqual(set);
});

test.each(["", "{}", '{"format": 2}', '{"format":1,"kernel":"a b","initramfs":"i","entries":[]}'])(
  "%s is no such file",
  (text) => expect(parseRescueSet(text)).toBeUndefined(),
);
