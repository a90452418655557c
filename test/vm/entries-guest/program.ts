import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { isLifeboatError } from "#base/errors.ts";
import { applyEntries } from "#imaging/boot/entries/apply-entries.ts";
import { EFIVARFS, efivarfs } from "#imaging/boot/entries/efi-variables.ts";
import { listEntries } from "#imaging/boot/entries/list-entries.ts";
import { type EntriesAsked, planEntries } from "#imaging/boot/entries/plan-entries.ts";

/** Runs in a VM under UEFI: makes an entry when there is none, and says what the firmware lists. */
type Input = Pick<EntriesAsked, "table" | "loaders"> & { readonly known: readonly string[] };
const { table, loaders, known } = JSON.parse(readFileSync("/input.json", "utf8")) as Input;
const variables = efivarfs();
/** An emulated serial line on a busy machine doubles letters now and then: who reads takes a line whose sum is right. */
const COPIES = 5;
const say = (name: string, value: unknown) => {
  const text = JSON.stringify(value);
  const sum = createHash("sha256").update(`${name} ${text}`).digest("hex").slice(0, 16);
  for (let i = 0; i < COPIES; i++) console.log(`\nENTRIES ${sum} ${name} ${text}`);
};
const plan = async () => planEntries({ now: await listEntries(variables), table, loaders, known: new Set(known) });

async function refusedReadOnly(): Promise<string> {
  execFileSync("/bin/busybox", ["mount", "-o", "remount,ro", EFIVARFS]);
  try {
    await applyEntries(variables, [{ op: "write", variable: "Boot0AAA", value: new Uint8Array(10), text: "" }]);
    return "it was written";
  } catch (error) {
    return isLifeboatError(error, "BOOT_ENTRY_REFUSED") ? error.message : String(error);
  } finally {
    execFileSync("/bin/busybox", ["mount", "-o", "remount,rw", EFIVARFS]);
  }
}

const brief = ({ entries, order }: Awaited<ReturnType<typeof listEntries>>) => ({
  order,
  entries: entries.map(({ number, description, file, drive, active }) => ({
    number,
    description,
    file,
    drive,
    active,
  })),
});
const { changes } = await plan();
const start = changes.length > 0 ? "FIRST" : "SECOND";
say(`${start}-BEFORE`, brief(await listEntries(variables)));
if (changes.length > 0) {
  say("REFUSED", await refusedReadOnly());
  say("REPORTED", brief(await applyEntries(variables, changes)));
}
// It knows nothing of ours.
say(`${start}-EFIBOOTMGR`, execFileSync("/efibootmgr", ["-v"], { encoding: "utf8" }));
writeFileSync("/next", changes.length > 0 ? "reboot" : "poweroff");
