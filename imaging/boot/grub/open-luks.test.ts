import { expect, test } from "vitest";
import { grubLock, grubSkill } from "#imaging/boot/grub/open-luks.ts";
import { systemFolder } from "#test/doubles/boot-folder.ts";

const OLD = { version: "2.12", argon2: false };
const NEW = { version: "2.14", argon2: true };
const easy = { number: 3, kdf: "pbkdf2" };
const hard = { number: 0, kdf: "argon2id", memoryKiB: 1 << 20 };
const small = { number: 1, kdf: "argon2i", memoryKiB: 65_536 };

test.each([
  ["PBKDF2 alone", [easy], OLD, undefined],
  ["no pass phrase at all", [], OLD, undefined],
  ["Argon2 alone", [hard, small], OLD, ["GRUB_NO_ARGON2", "blocks"]],
  ["both", [hard, easy], OLD, ["GRUB_SOME_SLOTS", "info"]],
  ["Argon2, of a GRUB that knows it, in memory that it may not have", [hard], NEW, ["GRUB_ARGON2_MEMORY", "unknown"]],
  ["Argon2, of a GRUB that knows it, one slot with little memory", [hard, small], NEW, undefined],
  ["both, of a GRUB that knows both", [hard, easy], NEW, undefined],
] as const)("%s", (_, slots, skill, expected) => {
  const lock = grubLock(2, slots, skill);
  expect(lock && [lock.code, lock.severity]).toEqual(expected);
});

test("it says which GRUB, why, and what to do", () => {
  const lock = grubLock(5, [hard], OLD);
  expect(lock?.text).toMatch(/GRUB 2\.12 .*partition 5.*Argon2.*2\.14/);
  expect(lock?.next).toMatch(/luksConvertKey --pbkdf pbkdf2.*not encrypted/);
  expect(grubLock(5, [hard, easy], OLD)?.text).toContain("key slot 3");
});

test("what a system's GRUB knows: by its modules, and by programs that have them in themselves", async () => {
  const modinfo = 'grub_modinfo_platform=pc\ngrub_version="2.06"\n';
  const skill = async (files: Parameters<typeof systemFolder>[0], programs: readonly Uint8Array[] = []) => {
    await using folder = await systemFolder(files);
    return await grubSkill(folder.tree, programs);
  };
  const debian = {
    "usr/lib/grub/i386-pc/modinfo.sh": modinfo,
    "usr/lib/grub/i386-pc/luks2.mod": "Argon2 not supported",
  };
  expect(await skill(debian)).toEqual({ version: "2.06", argon2: false });
  expect(await skill({ "usr/lib/grub2/x86_64-efi/argon2.mod": "" })).toEqual({ version: undefined, argon2: true });
  expect((await skill(debian, [Buffer.from("argon2id Argon2 not supported")])).argon2).toBe(false);
  expect((await skill(debian, [Buffer.from("\0grub_crypto_argon2\0")])).argon2).toBe(true);
});
