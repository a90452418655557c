import type { EfiVariables } from "#imaging/boot/entries/efi-variables.ts";
import { type LoadOption, parseLoadOption } from "#imaging/boot/entries/load-option.ts";

export interface BootEntry extends LoadOption {
  /** Of its variable: 0x0003 for Boot0003. */
  readonly number: number;
}

/** What firmware has to start, as it lists it. */
export interface BootEntries {
  /** By number. */
  readonly entries: readonly BootEntry[];
  /** Numbers, the first is tried first. */
  readonly order: readonly number[];
  readonly current: number | undefined;
  readonly next: number | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  /** Numbers of variables that are no boot entries, though they are called so. */
  readonly unreadable: readonly number[];
}

/** "Boot0003" */
export const entryName = (number: number): string => `Boot${number.toString(16).toUpperCase().padStart(4, "0")}`;

/** The firmware's boot entries. @throws BOOT_ENTRY_REFUSED when it does not let them be read */
export async function listEntries(variables: EfiVariables): Promise<BootEntries> {
  const names = await variables.list();
  const numbers = names.flatMap((name) => {
    const [, digits] = /^Boot([0-9A-F]{4})$/.exec(name) ?? [];
    return digits === undefined ? [] : [Number.parseInt(digits, 16)];
  });
  const entries: BootEntry[] = [];
  const unreadable: number[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const bytes = await variables.read(entryName(number));
    const option = bytes && parseLoadOption(bytes);
    if (option) entries.push({ number, ...option });
    else unreadable.push(number);
  }
  const one = async (name: string) => words(await variables.read(name))[0];
  return {
    ...{ entries, order: words(await variables.read("BootOrder")), unreadable },
    ...{ current: await one("BootCurrent"), next: await one("BootNext"), timeout: await one("Timeout") },
  };
}

function words(bytes: Uint8Array | undefined): number[] {
  if (!bytes) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length >> 1 }, (_, i) => view.getUint16(i * 2, true));
}

/** Value of BootOrder. */
export function orderBytes(order: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(order.length * 2);
  for (const [i, number] of order.entries()) new DataView(bytes.buffer).setUint16(i * 2, number, true);
  return bytes;
}
