import { constants } from "node:fs";
import { open, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { errnoReason } from "#imaging/system/errno.ts";
import { partWords } from "#imaging/words/part-words.ts";

/** EFI_GLOBAL_VARIABLE (UEFI 2.10, 3.3). */
const GLOBAL = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
/** Kept without power, seen while booting and by the running system (UEFI 2.10, 8.2.1). */
const ATTRIBUTES = Uint8Array.of(7, 0, 0, 0);

/** The firmware's global variables. */
export interface EfiVariables {
  /** Names, without their GUID. */
  list(): Promise<string[]>;
  /** Undefined when it is not there. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** @throws BOOT_ENTRY_REFUSED */
  write(name: string, value: Uint8Array): Promise<void>;
  /** @throws BOOT_ENTRY_REFUSED */
  remove(name: string): Promise<void>;
}

export const EFIVARFS = "/sys/firmware/efi/efivars";

/**
 * Variables through efivarfs, which has a file for each, four bytes of attributes before the value (Linux,
 * Documentation/filesystems/efivarfs.rst). A value is one write. Boot#### and BootOrder are among those that the kernel lets
 * be changed and removed without more ado.
 */
export function efivarfs(folder: string = EFIVARFS): EfiVariables {
  const place = (name: string) => join(folder, `${name}-${GLOBAL}`);
  const refused = (entry: string, cause: unknown): LifeboatError =>
    new LifeboatError("BOOT_ENTRY_REFUSED", { entry, reason: reasonOf(cause) }, { cause });
  return {
    async list() {
      const names = await readdir(folder).catch((): string[] => []);
      return names.filter((name) => name.endsWith(`-${GLOBAL}`)).map((name) => name.slice(0, -GLOBAL.length - 1));
    },
    async read(name) {
      const bytes = await readFile(place(name)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "ENOENT") return undefined;
        throw refused(name, cause);
      });
      return bytes && new Uint8Array(bytes.subarray(ATTRIBUTES.length));
    },
    async write(name, value) {
      try {
        await using file = await open(place(name), constants.O_WRONLY | constants.O_CREAT, 0o644);
        await file.write(Buffer.concat([ATTRIBUTES, value]));
      } catch (cause) {
        throw refused(name, cause);
      }
    },
    async remove(name) {
      await unlink(place(name)).catch((cause: unknown) => {
        throw refused(name, cause);
      });
    },
  };
}

/** What the kernel's errors mean here. */
const REASONS: Readonly<Record<string, string>> = {
  EROFS: partWords["firmware.read-only"],
  ENOSPC: partWords["firmware.full"],
  EINVAL: partWords["firmware.value"],
  EPERM: partWords["firmware.unchanged"],
  EACCES: partWords["firmware.unchanged"],
  EIO: partWords["firmware.own-error"],
};

const reasonOf = (cause: unknown): string => REASONS[(cause as NodeJS.ErrnoException).code ?? ""] ?? errnoReason(cause);
