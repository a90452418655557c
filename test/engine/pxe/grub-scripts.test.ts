import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { grubEntry, grubMenu, grubMessage } from "#pxe/menu/loaders/grub.ts";
import type { MenuEntry, Start } from "#pxe/menu/menu.ts";
import { hashPassword, type PasswordHash, parsePasswordHash } from "#pxe/menu/password-hash.ts";

const run = promisify(execFile);
const URL = "http://10.0.0.1:8080";
const NAME = "x' && reboot; { $x \"`";
const STARTS: readonly Start[] = [
  { kind: "disk" },
  { kind: "linux", kernel: NAME, initrds: [NAME, "b"], parameters: [NAME, "a=1"], isRescue: true },
  { kind: "chain", url: "http://10.0.0.9/grub.cfg" },
  { kind: "chain", url: "http://10.0.0.9/a.efi?b=1;c" },
];

test("GRUB's own checker takes each script, whatever its names are", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-grub-"));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
  const check = async (text: string) => {
    const file = join(folder, "grub.cfg");
    await writeFile(file, text);
    await run("grub-script-check", [file]);
  };
  const entries = STARTS.map(
    (start, at): MenuEntry => ({
      ...{ id: `e${at}`, title: NAME, memory: 0, users: at % 2 ? ["admin"] : [], isForGrub: true, start },
    }),
  );
  const users = new Map([["admin", parsePasswordHash(await hashPassword("geheim")) as PasswordHash]]);
  await check(grubMenu({ title: NAME, timeout: 5, default: "e0", entries }, users, URL));
  for (const entry of entries) await check(grubEntry(entry, URL));
  await check(grubMessage([NAME]));
  await expect(check("if true; then chainloader x && boot; fi")).rejects.toThrow("grub-script-check");
});
