import type { BcdObject } from "#imaging/bcd/bcd-object.ts";
import type { BcdStore } from "#imaging/bcd/bcd-store.ts";
import { type Firmware, PROGRAMS } from "#imaging/bcd/create-bcd.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS, OBJECT_TYPES } from "#imaging/bcd/known-objects.ts";

/** Each has a program for either firmware, beside the other's. */
const LOADERS: readonly number[] = [OBJECT_TYPES.osloader, OBJECT_TYPES.resume];
const PROGRAM = /(\\win(?:load|resume))\.(?:exe|efi)$/i;

/** Lets all objects name the programs that a firmware starts; those of another name, or of other systems, stay. */
export function setFirmware(store: BcdStore, firmware: Firmware): void {
  const { bootManager, memoryTester, suffix } = PROGRAMS[firmware];
  for (const object of store.objects())
    if (LOADERS.includes(object.type)) setPath(object, pathOf(object)?.replace(PROGRAM, `$1${suffix}`));
  const tester = store.object(KNOWN_OBJECTS.memdiag);
  if (tester && /\\memtest\.(exe|efi)$/i.test(pathOf(tester) ?? "")) setPath(tester, memoryTester);
  const manager = store.object(KNOWN_OBJECTS.bootmgr);
  if (!manager) return;
  // Under UEFI a path of other people's making is kept; a BIOS' boot manager has none.
  const isEfi = /\.efi$/i.test(pathOf(manager) ?? "");
  if (bootManager !== undefined && !isEfi) setPath(manager, bootManager);
  if (bootManager === undefined && isEfi) manager.delete(ELEMENTS.path);
}

function pathOf(object: BcdObject): string | undefined {
  const data = object.element(ELEMENTS.path)?.data;
  return data?.format === "string" ? data.text : undefined;
}

/** Writes it where it differs in more than case: then nothing is changed that need not be. */
function setPath(object: BcdObject, path: string | undefined): void {
  if (path === undefined || path.toLowerCase() === pathOf(object)?.toLowerCase()) return;
  object.set(ELEMENTS.path, { format: "string", text: path });
}
