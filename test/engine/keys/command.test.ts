import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { KeyInfo } from "#imaging/keys/key-area.ts";
import { openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { makeEncryptedFile } from "#test/engine/keys/encrypted-file.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat", import.meta.url));

let space: Workspace;
let image: string;
beforeEach(async () => {
  await space?.[Symbol.asyncDispose]();
  space = await openWorkspace();
  image = space.path("a.lbi");
  await makeEncryptedFile(image, [{ kind: "password", text: "eins" }]);
});
afterAll(() => space[Symbol.asyncDispose]());

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function key(args: readonly string[], { stdin = "", env = {} }: { stdin?: string; env?: object } = {}) {
  const options = { env: { ...process.env, ...env } } as const;
  const child = spawn(LIFEBOAT, ["image", "key", ...args], { ...options, stdio: ["pipe", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += data));
  child.stderr.on("data", (data) => (output.stderr += data));
  child.stdin.end(stdin);
  const [status] = await once(child, "close");
  return { status, ...output } as Run;
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(space.path(name), text);
  return space.path(name);
}

/** A command on a terminal of its own (script(1)), which is given a line after each prompt. */
async function onTerminal(args: readonly string[], lines: readonly string[]): Promise<Run> {
  const command = [LIFEBOAT, "image", "key", ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", command, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let stdout = "";
  let sent = 0;
  child.stdout.on("data", (data) => {
    stdout += data;
    if ((stdout.match(/: (?=\r?\n|$)/g)?.length ?? 0) > sent && sent < lines.length)
      child.stdin.write(lines[sent++] as string);
  });
  const timeout = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const [status] = await once(child, "close");
  clearTimeout(timeout);
  return { status, stdout, stderr: "" };
}

const kinds = async () => {
  const { stdout } = await key(["list", image, "--json"]);
  return (JSON.parse(stdout) as KeyInfo[]).map(({ slotId, kind }) => `${slotId} ${kind}`);
};
const errorOf = ({ stderr }: Run) => JSON.parse(stderr).error as { code: string; text: string; next: string };

full("list, add, change, recovery and remove, with passwords from files", async () => {
  const [one, two] = [await file("one", "eins\n"), await file("two", "zwei 二\n")];
  expect((await key(["add", image, "--password-file", one, "--new-password-file", two])).stdout).toContain("Slot 2");
  expect(await kinds()).toEqual(["1 password", "2 password"]);
  const made = await key(["recovery", image, "--password-file", two]);
  expect(made.stdout).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}\n$/);
  expect(made.stderr).toContain("keep it away from the image");
  expect(made.stderr).not.toContain(made.stdout.trim());
  const recovery = await file("recovery", made.stdout.toLowerCase());
  const three = await file("three", "drei");
  const changed = await key([
    "change",
    image,
    "--slot",
    "1",
    "--password-file",
    recovery,
    "--new-password-file",
    three,
  ]);
  expect(changed.stdout).toContain("Slot 4");
  expect(await kinds()).toEqual(["4 password", "2 password", "3 recovery"]);
  expect((await key(["remove", image, "--slot", "2", "--password-file", three, "--json"])).stdout).toContain(
    '"removed": 2',
  );
  const table = await key(["list", image]);
  expect(table.stdout).toMatch(/^SLOT {2}KIND +CREATED\n4 +password +20\S+ \S+ UTC\n3 +recovery key +20\S+ \S+ UTC\n$/);
  const refused = await key(["recovery", image, "--password-file", two, "--json"]);
  expect([refused.status, errorOf(refused).code]).toEqual([7, "IMAGE_UNLOCK_FAILED"]);
});

test("a password from standard input or the environment; a file goes before the environment", async () => {
  const two = await file("two", "zwei");
  const add = ["add", image, "--new-password-file", two];
  expect((await key([...add, "--password-file", "-"], { stdin: "eins\n" })).status).toBe(0);
  expect((await key(["recovery", image], { env: { LIFEBOAT_PASSWORD: "zwei" } })).status).toBe(0);
  const wrong = { LIFEBOAT_PASSWORD: "falsch" };
  expect(errorOf(await key(["recovery", image, "--json"], { env: wrong })).code).toBe("IMAGE_UNLOCK_FAILED");
  expect((await key(["recovery", image, "--password-file", two], { env: wrong })).status).toBe(0);
});

test("without a terminal and without a password the three ways are named, and nothing changes", async () => {
  const before = await sha256File(image);
  const error = errorOf(await key(["recovery", image, "--json"]));
  expect(error).toMatchObject({ code: "PASSWORD_MISSING", text: expect.stringContaining("the password of a.lbi") });
  for (const way of ["--password-file", "LIFEBOAT_PASSWORD", "terminal"]) expect(error.next).toContain(way);
  const both = await key(["add", image, "--password-file", "-", "--new-password-file", "-", "--json"], {
    stdin: "eins",
  });
  expect([both.status, errorOf(both).code]).toEqual([2, "USAGE"]);
  const big = await file("big", "x".repeat((1 << 20) + 1));
  expect(errorOf(await key(["recovery", image, "--password-file", big, "--json"])).code).toBe("KEY_INVALID");
  const none = space.path("none");
  expect(errorOf(await key(["recovery", image, "--password-file", none, "--json"])).code).toBe("OPEN_FAILED");
  const slot = await key(["remove", image, "--slot", "x", "--json"], { env: { LIFEBOAT_PASSWORD: "eins" } });
  expect(errorOf(slot).code).toBe("USAGE");
  expect(await sha256File(image)).toBe(before);
});

test("a terminal is asked, and shows nothing of what is typed", async () => {
  const added = await onTerminal(["add", image], ["eins\r", "zwei geheim\r", "zwei geheim\r"]);
  expect(added.stdout).toContain("The password of a.lbi: ");
  expect(added.stdout).toContain("Slot 2 has the new password.");
  expect(added.stdout).not.toMatch(/eins|zwei|geheim/);
  const opened = await key(["recovery", image], { env: { LIFEBOAT_PASSWORD: "zwei geheim" } });
  expect(opened.status).toBe(0);
});

test("on a terminal: a typing error of a new password, Backspace, and Ctrl+C", async () => {
  const before = await sha256File(image);
  const differ = await onTerminal(["add", image], ["eins\r", "zwei\r", "zwie\r"]);
  expect(differ.stdout).toContain("the two that were typed differ");
  const stopped = await onTerminal(["add", image], ["eins\r", "zw\x03"]);
  expect([stopped.status, stopped.stdout]).toEqual([130, expect.stringContaining("stopped")]);
  expect(await sha256File(image)).toBe(before);
  const corrected = await onTerminal(["recovery", image], ["einz\x7fs\r"]);
  expect(corrected.stdout).toMatch(/([0-9A-Z]{4}-){8}/);
});
