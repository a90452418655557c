import { rm, writeFile } from "node:fs/promises";
import type { PagesView } from "#rescue/remote/remote-pages.ts";

/**
 * The way in from another machine, for whoever looks at this machine's console and has not opened the menu: a text beside the others
 * that rescue/init/menu shows. The code is in it, so root alone may read it; it is in memory.
 */
export async function writeWayIn(file: string, { isOpen, addresses, code }: PagesView): Promise<void> {
  if (!isOpen) return rm(file, { force: true });
  const lines = [
    "  This machine can be used from a browser in the network:",
    "",
    ...addresses.map((address) => `      ${address}`),
    `      Code: ${code}`,
    "",
  ];
  await writeFile(file, lines.join("\n"), { mode: 0o600 });
}
