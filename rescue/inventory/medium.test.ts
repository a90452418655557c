import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { MEDIUM_INFO_FILE, serialiseMediumInfo } from "#base/medium-info.ts";
import { readMedium } from "#rescue/inventory/medium.ts";

test("a medium tells how old it is, and one that says nothing is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-medium-"));
  expect(await readMedium(folder)).toBeUndefined();
  const file = join(folder, MEDIUM_INFO_FILE);
  await mkdir(dirname(file));
  const info = { format: 1, id: "0123456789abcdef", version: "0.3.0", packagesAt: "2026-01-01T00:00:00.000Z" } as const;
  await writeFile(file, serialiseMediumInfo(info));
  expect(await readMedium(folder, Date.UTC(2026, 0, 31))).toEqual({ ...info, days: 30, isOld: false });
  expect(await readMedium(folder, Date.UTC(2027, 0, 1))).toMatchObject({ days: 365, isOld: true });
  await writeFile(file, "Lifeboat\n");
  expect(await readMedium(folder)).toBeUndefined();
});
