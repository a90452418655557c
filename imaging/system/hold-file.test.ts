import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdName } from "#imaging/system/hold-file.ts";

const HOLDER = `
  const { holdName } = await import(process.argv[1]);
  process.on("SIGINT", () => console.log("interrupted"));
  await holdName(process.argv[2]);
  console.log("held");
  setInterval(() => {}, 1000);`;

test("Ctrl+C at the terminal does not take the lock from a job that is still tidying up; its end does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-hold-"));
  const name = join(folder, "a.lbi");
  const module = new URL("./hold-file.ts", import.meta.url).href;
  const args = ["--input-type=module", "-e", HOLDER, module, name];
  const holder = spawn(process.execPath, args, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(holder.stdout, "data");
    process.kill(-(holder.pid as number), "SIGINT"); // the whole group, as a terminal does
    await once(holder.stdout, "data");
    await expect(holdName(name)).rejects.toMatchObject({ code: "JOB_BUSY" });
    holder.kill("SIGKILL");
    await using _hold = await holdName(name);
  } finally {
    holder.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});
