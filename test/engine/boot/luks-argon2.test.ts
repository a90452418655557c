import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { MendPlan } from "#imaging/mend/mend.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { encrypt } from "#test/engine/volume/luks-volume.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
const START = 4 * MIB;
const KEY = "a pass phrase";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-argon2-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

/** A file system with what of a Linux is looked at: all of it, /boot too, on one encrypted partition. */
function plainSystem(): string {
  const root = at("root");
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put("etc/fstab", "LABEL=system / ext4 defaults 0 1\n");
  put("etc/os-release", 'ID=somelinux\nPRETTY_NAME="Some Linux 7"\n');
  put("usr/bin/true", "");
  put("boot/vmlinuz-6", "kernel");
  put("boot/grub/grub.cfg", "menuentry 'x' {\n linux /boot/vmlinuz-6 root=LABEL=system\n}\n");
  // This machine's own GRUB, as if the system had it.
  cpSync("/usr/lib/grub/i386-pc", join(root, "usr/lib/grub/i386-pc"), { recursive: true });
  execFileSync("mke2fs", ["-q", "-t", "ext4", "-L", "system", "-d", root, at("plain.img"), "96M"]);
  return at("plain.img");
}

/** The system encrypted on an MBR disk, its only key slot derived as asked. */
async function encryptedDisk(kdf: readonly string[]): Promise<{ disk: string; luks: string }> {
  const luks = encrypt(plainSystem(), at("luks.img"), { key: KEY });
  writeFileSync(at("key"), KEY);
  execFileSync("cryptsetup", ["luksConvertKey", "--key-file", at("key"), ...kdf, luks], { stdio: "pipe" });
  const disk = await blankDisk(at("disk.img"), 160 * MIB);
  await runTool("sfdisk", ["--quiet", disk], {
    input: `label: dos\nstart=${START / 512}, size=262144, type=83, bootable\n`,
  });
  execFileSync("dd", [`if=${luks}`, `of=${disk}`, "bs=1M", `seek=${START / MIB}`, "conv=notrunc,sparse"], {
    stdio: "pipe",
  });
  return { disk, luks };
}

/** Whether GRUB itself opens it: grub-fstest has the code of its cryptodisk and luks2 modules. */
function grubOpens(luks: string): boolean {
  const args = ["-C", luks, "ls", "(crypto0)"];
  const { stdout, stderr } = spawnSync("grub-fstest", args, { input: `${KEY}\n`, encoding: "utf8" });
  return /Slot "?\d+"? opened/.test(stdout + stderr);
}

const MEMORY = ["--pbkdf-memory", "65536", "--pbkdf-parallel", "1", "--pbkdf-force-iterations", "4"];

test.each([
  ["argon2id", ["--pbkdf", "argon2id", ...MEMORY], false],
  ["pbkdf2", ["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"], true],
])("/boot in LUKS2 by %s: what is said before a repair and a restore is what GRUB does", async (_, kdf, opens) => {
  const { disk, luks } = await encryptedDisk(kdf);
  expect(grubOpens(luks)).toBe(opens);
  const plan = await lifeboatJson<MendPlan>("boot", "repair", disk, "--unlock", `1=${at("key")}`, "--dry-run");
  expect(plan.systems.map(({ name }) => name)).toEqual(["Some Linux 7"]);
  const problems = plan.systems.flatMap((one) => one.problems);
  expect(problems.filter(({ code }) => code.startsWith("GRUB")).map(({ code }) => code)).toEqual(
    opens ? [] : ["GRUB_NO_ARGON2"],
  );
  writeFileSync(at("machine.json"), JSON.stringify(await recordedMachine("qemu-ahci")));
  const args = ["preflight", disk, "--machine", at("machine.json"), "--unlock", `1=${at("key")}`, "--json"];
  const { stdout, status } = await lifeboat(...args);
  const verdict = JSON.parse(stdout) as Verdict;
  const found = verdict.systems.flatMap(({ findings }) => findings).filter(({ code }) => code.startsWith("GRUB"));
  expect(found.map(({ code }) => code)).toEqual(opens ? [] : ["GRUB_NO_ARGON2"]);
  if (opens) return;
  expect(status).toBe(11);
  expect(found[0]).toMatchObject({
    text: expect.stringContaining("will not boot, because GRUB"),
    next: expect.stringContaining("--pbkdf pbkdf2"),
  });
});
