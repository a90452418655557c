import { spawn } from "node:child_process";
import { once } from "node:events";
import { truncate } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { listKeys, removeKey } from "#imaging/keys/change-keys.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { readKeyArea } from "#imaging/keys/key-area.ts";
import { openKeyFile } from "#imaging/keys/key-file.ts";
import { unlockImageKey } from "#imaging/keys/unlock-image.ts";
import { noise, openWorkspace, readAt } from "#test/engine/image/workspace.ts";
import { makeEncryptedFile, TAIL_AT } from "#test/engine/keys/encrypted-file.ts";

const KILLS = process.env["LIFEBOAT_TEST_FULL"] === "1" ? 100 : 10;
const LOOP = fileURLToPath(new URL("change-loop.ts", import.meta.url));
const STAYS = "the one that stays";

const password = (text: string): Credential => ({ kind: "password", text });

/** Runs the loop, kills it at a random moment, and returns the lines that it had said. */
async function killLoop(path: string, round: number): Promise<string[]> {
  const child = spawn(process.execPath, [LOOP, path, STAYS, String(round)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const closed = once(child, "close");
  await Promise.race([once(child.stdout, "data"), closed]);
  await sleep(Math.random() * 120);
  child.kill("SIGKILL");
  const [, signal] = await closed;
  expect(signal).toBe("SIGKILL");
  return said.trimEnd().split("\n");
}

/** What must open the file after the last line, what may, and what must not. */
function expectations(lines: readonly string[]): { must: string[]; may: string[]; not: string[] } {
  const must = new Set<string>([STAYS]);
  const not = new Set<string>();
  for (const [, verb, from, to] of lines.map((line) => /^done (\w+) (\S+)(?: (\S+))?$/.exec(line) ?? [])) {
    if (verb === undefined || from === undefined) continue;
    if (verb !== "add") {
      must.delete(from);
      not.add(from);
    }
    const added = verb === "add" ? from : to;
    if (added) must.add(added);
  }
  const unfinished = /^begin \w+ (\S+)(?: (\S+))?$/.exec(lines.at(-1) ?? "")?.slice(1) ?? [];
  const may = unfinished.filter((text) => text !== undefined);
  for (const text of may) must.delete(text);
  return { must: [...must], may, not: [...not] };
}

async function opens(path: string, text: string): Promise<Buffer | undefined> {
  await using file = await openKeyFile(path, "read");
  try {
    return await unlockImageKey(await readKeyArea(file, file.imageId), password(text));
  } catch (error) {
    if (isLifeboatError(error, "IMAGE_UNLOCK_FAILED")) return undefined;
    throw error;
  }
}

test(`${KILLS} kills while keys change: what was done holds, what was removed is gone, the data is untouched`, async () => {
  await using space = await openWorkspace();
  const path = space.path("keys.lbi");
  const imageKey = await makeEncryptedFile(path, [password(STAYS)]);
  const head = await readAt(path, 0, 4096);
  let changes = 0;
  const interrupted = new Set<string>();
  for (let round = 0; round < KILLS; round++) {
    const lines = await killLoop(path, round);
    changes += lines.filter((line) => line.startsWith("done")).length;
    interrupted.add(lines.at(-1)?.split(" ").slice(0, 2).join(" ") ?? "");
    const { must, may, not } = expectations(lines);
    for (const text of must) expect(await opens(path, text), `${text} after ${lines.at(-1)}`).toEqual(imageKey);
    for (const text of not.slice(-6)) expect(await opens(path, text), `${text} after ${lines.at(-1)}`).toBeUndefined();
    const maybe = (await Promise.all(may.map((text) => opens(path, text)))).filter((key) => key !== undefined);
    if (may.length === 2) expect(maybe).toHaveLength(1); // replaced in one step: the old one or the new one
    for (const { slotId } of await listKeys(path)) if (slotId !== 1) await removeKey(path, password(STAYS), slotId);
  }
  expect(await readAt(path, 0, 4096)).toEqual(head);
  expect((await readAt(path, TAIL_AT, 1 << 20)).equals(noise(1 << 20, 11))).toBe(true);
  expect(changes).toBeGreaterThan(KILLS * 3);
  expect(interrupted.size).toBeGreaterThan(1);
});

test("a change is refused while another program may write to the file", async () => {
  await using space = await openWorkspace();
  const path = space.path("busy.lbi");
  await makeEncryptedFile(path, [password(STAYS), password("other")]);
  const holder = spawn("sh", ["-c", `exec 3<>"$0"; echo open; read line`, path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  await expect(removeKey(path, password(STAYS), 2)).rejects.toMatchObject({ code: "JOB_BUSY" });
  holder.stdin.end();
  await once(holder, "close");
  await removeKey(path, password(STAYS), 2);
});

test("what is no encrypted image is refused for what it is", async () => {
  await using space = await openWorkspace();
  const path = space.path("plain.lbi");
  await makeEncryptedFile(path, [password(STAYS)], { incompatible: 0 });
  await expect(listKeys(path)).rejects.toThrow("IMAGE_NOT_ENCRYPTED");
  await expect(listKeys(space.path("none"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
  await makeEncryptedFile(path, [password(STAYS)]);
  await truncate(path, 6000);
  await expect(listKeys(path)).rejects.toMatchObject({ code: "IMAGE_DAMAGED" });
});
