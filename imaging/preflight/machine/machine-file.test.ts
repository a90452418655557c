import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadMachine } from "#imaging/preflight/machine/machine-file.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-machine-file-"));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (text: string): string => {
  const path = join(folder, "machine.json");
  writeFileSync(path, text);
  return path;
};

test("what is no description of a machine is refused, and what is wrong is said", async () => {
  const machine = await recordedMachine("qemu-ahci");
  await expect(loadMachine(join(folder, "none"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
  await expect(loadMachine(written("{"))).rejects.toMatchObject({ code: "REQUEST_INVALID" });
  await expect(loadMachine(written("[]"))).rejects.toMatchObject({ code: "REQUEST_INVALID" });
  const more = { ...machine, secret: 1 };
  await expect(loadMachine(written(JSON.stringify(more)))).rejects.toThrow(/secret/);
  const other = { ...machine, firmware: { mode: "coreboot" } };
  await expect(loadMachine(written(JSON.stringify(other)))).rejects.toThrow(/firmware/);
  expect(await loadMachine(written(JSON.stringify(machine)))).toEqual(machine);
});
