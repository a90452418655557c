import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkPublicKey } from "#rescue/remote/ssh-server.ts";

test("public keys of ssh-keygen are taken, private ones and halves of keys are not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "keys-"));
  for (const [kind, size] of [
    ["ed25519", "256"],
    ["ecdsa", "521"],
    ["rsa", "2048"],
  ] as const) {
    const file = join(folder, kind);
    execFileSync("ssh-keygen", ["-q", "-t", kind, "-b", size, "-N", "", "-C", "Anna's; key", "-f", file]);
    const line = await readFile(`${file}.pub`, "utf8");
    expect(checkPublicKey(line)).toBe(line.trim());
    expect(() => checkPublicKey(line.slice(0, 30))).toThrow("SSH_KEY_INVALID");
    const other = kind === "rsa" ? "ssh-ed25519" : "ssh-rsa";
    expect(() => checkPublicKey(line.replace(/^\S+/, other))).toThrow("of another kind");
    expect(() => checkPublicKey(line.replace(/^(\S+ \S+)\S{8}/, "$1"))).toThrow("cut off");
    expect(() => checkPublicKey(`command="x" ${line}`)).toThrow("SSH_KEY_INVALID");
    expect(() => checkPublicKey(`${line.trim()}\n${line}`)).toThrow("a key is one line");
    const secret = await readFile(file, "utf8");
    expect(() => checkPublicKey(secret)).toThrow("it is a private key");
  }
  await rm(folder, { recursive: true });
});
