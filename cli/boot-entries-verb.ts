import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { efivarfs } from "#imaging/boot/entries/efi-variables.ts";
import { type BootEntries, entryName, listEntries } from "#imaging/boot/entries/list-entries.ts";

export const addBootEntriesVerb = (boot: Command): Command =>
  verb(boot, "entries", "list what this machine's UEFI firmware has to start").action(
    async (_options: unknown, command: Command) => {
      const variables = efivarfs();
      if ((await variables.list()).length === 0)
        throw new LifeboatError("BOOT_NO_ENTRIES", {
          reason: "this machine was not started by UEFI, or efivarfs is not mounted",
        });
      const found = await listEntries(variables);
      outputOf(command).result(plain(found), () => describe(found));
    },
  );

const plain = ({ entries, order, current }: BootEntries) => ({
  order: order.map(entryName),
  current: current === undefined ? undefined : entryName(current),
  entries: entries.map(({ number, description, active, drive, file }) => ({
    ...{ entry: entryName(number), label: description, active, drive, file },
  })),
});

function describe({ entries, order, current }: BootEntries): string {
  const place = (number: number) => (order.includes(number) ? String(order.indexOf(number) + 1) : "-");
  return entries
    .toSorted((a, b) => (order.indexOf(a.number) >>> 0) - (order.indexOf(b.number) >>> 0))
    .map(({ number, description, active, drive, file }) =>
      [
        place(number).padStart(3),
        entryName(number) + (number === current ? "*" : " "),
        active ? "   " : "off",
        printable(description),
        drive ? printable(`partition ${drive.signature}`) : "",
        printable(file ?? ""),
      ].join("  "),
    )
    .join("\n");
}
