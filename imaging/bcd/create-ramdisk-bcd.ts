import { randomUUID } from "node:crypto";
import type { BcdStore } from "#imaging/bcd/bcd-store.ts";
import { addSettings, emptyBcd } from "#imaging/bcd/create-bcd.ts";
import type { BcdDevice } from "#imaging/bcd/device.ts";
import type { ElementData } from "#imaging/bcd/element.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS, OBJECT_TYPES } from "#imaging/bcd/known-objects.ts";

/** A Windows that runs in memory. Paths are of the medium that the boot manager came from, with backslashes. */
export interface RamdiskDesign {
  /** The WIM: `\sources\boot.wim`. */
  readonly image: string;
  /** What the loader makes its disk of: `\boot\boot.sdi`. */
  readonly sdi: string;
  /** In the WIM: `\windows\system32\boot\winload.efi`. */
  readonly loader: string;
  readonly description: string;
  /** "en-US" when not said. */
  readonly locale?: string;
  /** GUID of the loader; random when not said. */
  readonly newGuid?: () => string;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

const BOOT: BcdDevice = { kind: "boot" };
const TIMEOUT_SECONDS = 0n;

/**
 * A store that starts one Windows PE from the medium that the boot manager came from, whatever disk that is: as `copype` has it
 * ("BCD Reference"; "Windows PE: Create a boot menu"). One entry, so that no menu is shown.
 */
export function createRamdiskBcd(design: RamdiskDesign): BcdStore {
  const { image, sdi, loader, description, locale = "en-US", newGuid = randomUUID, clock } = design;
  const { bootmgr, globalsettings, bootloadersettings, ramdiskoptions } = KNOWN_OBJECTS;
  const string = (text: string): ElementData => ({ format: "string", text });
  const objects = (guid: string): ElementData => ({ format: "objects", guids: [guid] });
  const yes: ElementData = { format: "boolean", on: true };
  const ramdisk: ElementData = {
    format: "device",
    device: { device: { kind: "ramdisk", parent: BOOT, path: image }, options: ramdiskoptions },
  };
  const entry = newGuid();
  const store = emptyBcd(clock);
  addSettings(store);
  const add = (guid: string, type: number, rows: readonly (readonly [number, ElementData])[]) => {
    const made = store.create(guid, type);
    for (const [element, data] of rows) made.set(element, data);
  };
  add(ramdiskoptions, OBJECT_TYPES.device, [
    [ELEMENTS.description, string("Ramdisk Options")],
    [ELEMENTS.ramdiskSdiDevice, { format: "device", device: { device: BOOT } }],
    [ELEMENTS.ramdiskSdiPath, string(sdi)],
  ]);
  add(entry, OBJECT_TYPES.osloader, [
    [ELEMENTS.device, ramdisk],
    [ELEMENTS.path, string(loader)],
    [ELEMENTS.description, string(description)],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(bootloadersettings)],
    [ELEMENTS.osDevice, ramdisk],
    [ELEMENTS.systemRoot, string("\\windows")],
    [ELEMENTS.detectHal, yes],
    [ELEMENTS.winPe, yes],
  ]);
  add(bootmgr, OBJECT_TYPES.bootmgr, [
    [ELEMENTS.description, string("Windows Boot Manager")],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(globalsettings)],
    [ELEMENTS.displayOrder, objects(entry)],
    [ELEMENTS.defaultObject, { format: "object", guid: entry }],
    [ELEMENTS.timeout, { format: "integer", integer: TIMEOUT_SECONDS }],
  ]);
  return store;
}
