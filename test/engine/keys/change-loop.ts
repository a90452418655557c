import { writeSync } from "node:fs";
import { argv } from "node:process";
import { addKeyTo, type ChangeOptions, removeKeyFrom, replaceKeyIn } from "#imaging/keys/change-keys.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { openKeyFile } from "#imaging/keys/key-file.ts";
import { QUICK } from "#test/engine/keys/encrypted-file.ts";

/**
 * Adds, changes and removes keys of a file until it is killed: node change-loop.ts FILE PASSWORD ROUND.
 * Says on standard output what it begins and what is done; a line is with the reader before the next step begins.
 */
const [path, stays, round] = argv.slice(2) as [string, string, string];
const options: ChangeOptions = { cost: QUICK };
const password = (text: string): Credential => ({ kind: "password", text });
const say = (line: string) => writeSync(1, `${line}\n`);

async function step(name: string, change: () => Promise<unknown>): Promise<void> {
  say(`begin ${name}`);
  await change();
  say(`done ${name}`);
}

await using file = await openKeyFile(path, "change");
for (let i = 0; ; i++) {
  const [first, second] = [`${round}.${i}.a`, `${round}.${i}.b`];
  await step(`add ${first}`, () => addKeyTo(file, password(stays), password(first), options));
  let slotId = 0;
  await step(`replace ${first} ${second}`, async () => {
    ({ slotId } = await replaceKeyIn(file, password(first), password(second), options));
  });
  await step(`remove ${second}`, () => removeKeyFrom(file, password(stays), slotId));
}
