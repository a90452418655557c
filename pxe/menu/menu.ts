import type { Machine } from "../machines/machine.ts";
import type { PasswordHash } from "./password-hash.ts";

/** What an entry starts. Files are names below the folder that is served. */
export type Start =
  /** What the computer would start without us. */
  | { readonly kind: "disk" }
  | {
      readonly kind: "linux";
      readonly kernel: string;
      readonly initrds: readonly string[];
      readonly parameters: readonly string[];
      /** The rescue system, which wants to know where it came from. */
      readonly isRescue: boolean;
    }
  /** memdisk: its file; undefined: the ISO stays on the server, and is read as a disk. */
  | { readonly kind: "iso"; readonly iso: string; readonly memdisk: string | undefined }
  /** wimboot shows the files as a disk, each under its last name. */
  | {
      readonly kind: "wim";
      readonly wimboot: string;
      readonly bios: string | undefined;
      readonly uefi: string | undefined;
      readonly files: readonly string[];
    }
  | { readonly kind: "chain"; readonly url: string };

export interface MenuEntry {
  /** a-z, 0-9 and "-". */
  readonly id: string;
  readonly title: string;
  /** Bytes of RAM below which it is not begun; 0: it loads next to nothing. */
  readonly memory: number;
  /** Who may start it; empty: everybody. */
  readonly users: readonly string[];
  readonly isForGrub: boolean;
  readonly start: Start;
}

export interface Menu {
  readonly title: string;
  /** Seconds; 0: without an end. */
  readonly timeout: number;
  /** Of one of the entries. */
  readonly default: string;
  readonly entries: readonly MenuEntry[];
}

/** All menus of a server. */
export interface Menus {
  readonly standard: Menu;
  /** The first that fits counts, those that name the machine before those that name its group. */
  readonly special: readonly {
    readonly groups: readonly string[];
    /** Lower case. */
    readonly machines: readonly string[];
    readonly menu: Menu;
  }[];
  readonly users: ReadonlyMap<string, PasswordHash>;
  readonly loader: "grub" | "ipxe";
  /** Files that only entries with a password have, which GRUB does not show: only who has given it may load them. */
  readonly guarded: ReadonlyMap<string, readonly string[]>;
}

/** @param machine undefined: it is not known who asks */
export function menuFor(
  { standard, special }: Pick<Menus, "standard" | "special">,
  machine: Pick<Machine, "name" | "group" | "macs" | "uuid" | "serial"> | undefined,
): Menu {
  if (!machine) return standard;
  const { name, group, macs, uuid, serial } = machine;
  const names = [name, uuid ?? "", serial ?? "", ...macs].filter((one) => one !== "").map((one) => one.toLowerCase());
  const own = special.find(({ machines }) => machines.some((one) => names.includes(one)));
  const ofGroup = group === "" ? undefined : special.find(({ groups }) => groups.includes(group));
  return (own ?? ofGroup)?.menu ?? standard;
}

/** Files that an entry loads, by their names below the folder. */
export function filesOf(start: Start): string[] {
  switch (start.kind) {
    case "linux":
      return [start.kernel, ...start.initrds];
    case "iso":
      return [start.iso, ...(start.memdisk === undefined ? [] : [start.memdisk])];
    case "wim":
      return [start.wimboot, start.bios, start.uefi, ...start.files].filter((file) => file !== undefined);
    case "disk":
    case "chain":
      return [];
  }
}

/** Whether GRUB can start it: it reads no ISO over the network that its system would find again, and knows no wimboot. */
export function isForGrub(start: Start): boolean {
  if (start.kind === "chain") return /\.(cfg|efi)$/.test(new URL(start.url).pathname);
  return start.kind === "disk" || start.kind === "linux";
}

/** iPXE knows scripts of its own, and programs of UEFI and PXE. */
export const isForIpxe = (start: Start): boolean =>
  !(start.kind === "chain" && new URL(start.url).pathname.endsWith(".cfg"));
