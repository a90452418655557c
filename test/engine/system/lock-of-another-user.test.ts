import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { holdFile } from "#imaging/system/hold-file.ts";

const NOBODY = 65534;
const HOLDER = `
  const { holdFile } = await import(process.argv[1]);
  await (await holdFile(process.argv[2]))[Symbol.asyncDispose]();
  const hold = await holdFile(process.argv[2]);
  console.log("held");
  setInterval(() => hold, 1000);`;

test("a lock file of another user is used, and left to its owner, who removes it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-hold-"));
  const disk = join(folder, "disk.img");
  chmodSync(folder, 0o755);
  writeFileSync(disk, "");
  const { dev, ino } = statSync(disk);
  const lock = `/run/lock/lifeboat-${dev}-${ino}`;
  writeFileSync(lock, "", { mode: 0o644 }); // root's, in a folder in which only the owner may remove it
  const module = new URL("../../../imaging/system/hold-file.ts", import.meta.url).href;
  const args = ["--input-type=module", "-e", HOLDER, module, disk];
  const holder = spawn(process.execPath, args, { uid: NOBODY, stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(holder.stdout, "data");
    expect(existsSync(lock)).toBe(true);
    await expect(holdFile(disk)).rejects.toMatchObject({ code: "JOB_BUSY" });
    holder.kill("SIGKILL");
    await (await holdFile(disk))[Symbol.asyncDispose]();
    expect(existsSync(lock)).toBe(false);
  } finally {
    holder.kill("SIGKILL");
    rmSync(lock, { force: true });
    rmSync(folder, { recursive: true });
  }
});
