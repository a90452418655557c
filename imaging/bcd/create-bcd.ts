import { randomUUID } from "node:crypto";
import { BcdStore } from "#imaging/bcd/bcd-store.ts";
import type { BcdDevice, DeviceElement } from "#imaging/bcd/device.ts";
import type { ElementData } from "#imaging/bcd/element.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS, OBJECT_TYPES } from "#imaging/bcd/known-objects.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import { createHive } from "#imaging/registry/create-hive.ts";
import { dword, text } from "#imaging/registry/value.ts";

export type Firmware = "bios" | "uefi";

export interface BcdDesign {
  readonly firmware: Firmware;
  /** Where the boot manager lies: the active partition, or the EFI system partition. */
  readonly system: PartitionId;
  /** Where Windows lies. */
  readonly windows: PartitionId;
  /** Its folder: `\Windows` when not said. */
  readonly systemRoot?: string;
  /** What the menu calls it: "Windows" when not said. */
  readonly description?: string;
  /** "en-US" when not said. */
  readonly locale?: string;
  readonly recovery?: RecoveryDesign;
  /** GUIDs for objects that have none of their own; random when not said. */
  readonly newGuid?: () => string;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** Windows' recovery environment: two files on a partition. */
export interface RecoveryDesign {
  readonly partition: PartitionId;
  /** `\Recovery\WindowsRE\Winre.wim` when not said. */
  readonly image?: string;
  /** `\Recovery\WindowsRE\boot.sdi` when not said. */
  readonly sdi?: string;
}

/** Version 1.3, in which Windows saves hives that others shall load (RegSaveKeyEx, REG_STANDARD_FORMAT). */
const BCD_VERSION = 3;
const ROOT_NAME = "NewStoreRoot";
/** NX_OPTIN, BootMenuPolicyStandard, the recovery's message, and a serial debugger at 115200 baud on the first port. */
const NX_OPT_IN = 0n;
const MENU_STANDARD = 1n;
const MESSAGE_RECOVERY = 3n;
const DEBUG_SERIAL = 0n;
const DEBUG_PORT = 1n;
const BAUD_RATE = 115_200n;
const TIMEOUT_SECONDS = 30n;

const string = (value: string): ElementData => ({ format: "string", text: value });
const object = (guid: string): ElementData => ({ format: "object", guid });
const objects = (...guids: readonly string[]): ElementData => ({ format: "objects", guids });
const integer = (value: bigint): ElementData => ({ format: "integer", integer: value });
const boolean = (on: boolean): ElementData => ({ format: "boolean", on });
const on = (device: BcdDevice, options?: string): ElementData => {
  const element: DeviceElement = { device, ...(options !== undefined && { options }) };
  return { format: "device", device: element };
};
const partition = (id: PartitionId): ElementData => on({ kind: "partition", id });

type Rows = readonly (readonly [type: number, data: ElementData])[];

/** What differs between the two kinds of firmware: where the programs lie. */
export const PROGRAMS: Readonly<Record<Firmware, { bootManager?: string; memoryTester: string; suffix: string }>> = {
  // The boot sector of the active partition knows where its boot manager is.
  bios: { memoryTester: "\\boot\\memtest.exe", suffix: ".exe" },
  uefi: {
    bootManager: "\\EFI\\Microsoft\\Boot\\bootmgfw.efi",
    memoryTester: "\\EFI\\Microsoft\\Boot\\memtest.efi",
    suffix: ".efi",
  },
};

/** A complete store for one Windows, as bcdboot makes it. */
export function createBcd(design: BcdDesign): BcdStore {
  const store = emptyBcd(design.clock);
  addSettings(store);
  addBootManager(store, design);
  addWindows(store, design, design.newGuid ?? randomUUID);
  return store;
}

/** A store without objects. @param clock milliseconds since 1970 */
export function emptyBcd(clock?: () => number): BcdStore {
  const hive = createHive({
    rootName: ROOT_NAME,
    minorVersion: BCD_VERSION,
    file: "BCD",
    ...(clock && { clock }),
  });
  const description = hive.root.create("Description");
  description.set("KeyName", text("BCD00000000"));
  description.set("System", dword(1));
  description.set("TreatAsSystem", dword(1));
  hive.root.create("Objects");
  return new BcdStore(hive);
}

function add(store: BcdStore, guid: string, type: number, rows: Rows): void {
  const made = store.create(guid, type);
  for (const [element, data] of rows) made.set(element, data);
}

/** Objects that others inherit, where they are not there. */
export function addSettings(store: BcdStore): void {
  const known = KNOWN_OBJECTS;
  const settings: readonly (readonly [string, number, Rows])[] = [
    [known.emssettings, OBJECT_TYPES.settings, [[ELEMENTS.bootEms, boolean(false)]]],
    [
      known.dbgsettings,
      OBJECT_TYPES.settings,
      [
        [ELEMENTS.debugType, integer(DEBUG_SERIAL)],
        [ELEMENTS.debugPort, integer(DEBUG_PORT)],
        [ELEMENTS.baudRate, integer(BAUD_RATE)],
      ],
    ],
    [known.badmemory, OBJECT_TYPES.settings, []],
    [
      known.globalsettings,
      OBJECT_TYPES.settings,
      [[ELEMENTS.inherit, objects(known.dbgsettings, known.emssettings, known.badmemory)]],
    ],
    [
      known.hypervisorsettings,
      OBJECT_TYPES.osloaderSettings,
      [
        [ELEMENTS.hypervisorDebugType, integer(DEBUG_SERIAL)],
        [ELEMENTS.hypervisorDebugPort, integer(DEBUG_PORT)],
        [ELEMENTS.hypervisorBaudRate, integer(BAUD_RATE)],
      ],
    ],
    [
      known.bootloadersettings,
      OBJECT_TYPES.osloaderSettings,
      [[ELEMENTS.inherit, objects(known.globalsettings, known.hypervisorsettings)]],
    ],
    [known.resumeloadersettings, OBJECT_TYPES.resumeSettings, [[ELEMENTS.inherit, objects(known.globalsettings)]]],
  ];
  for (const [guid, type, rows] of settings) if (!store.object(guid)) add(store, guid, type, rows);
}

/** The boot manager with no entry in its menu, and the memory tester. */
export function addBootManager(store: BcdStore, { firmware, system, locale = "en-US" }: BcdDesign): void {
  const { bootmgr, globalsettings, memdiag } = KNOWN_OBJECTS;
  const { bootManager, memoryTester } = PROGRAMS[firmware];
  add(store, bootmgr, OBJECT_TYPES.bootmgr, [
    [ELEMENTS.device, partition(system)],
    ...(bootManager === undefined ? [] : ([[ELEMENTS.path, string(bootManager)]] as const)),
    [ELEMENTS.description, string("Windows Boot Manager")],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(globalsettings)],
    [ELEMENTS.toolsDisplayOrder, objects(memdiag)],
    [ELEMENTS.timeout, integer(TIMEOUT_SECONDS)],
  ]);
  add(store, memdiag, OBJECT_TYPES.memdiag, [
    [ELEMENTS.device, partition(system)],
    [ELEMENTS.path, string(memoryTester)],
    [ELEMENTS.description, string("Windows Memory Diagnostic")],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(globalsettings)],
    [ELEMENTS.badMemoryAccess, boolean(true)],
  ]);
}

/** A Windows with its resume loader and, when it is asked for, its recovery: first in the menu and its default. */
export function addWindows(store: BcdStore, design: BcdDesign, newGuid: () => string): void {
  const { firmware, windows, systemRoot = "\\Windows", description = "Windows", locale = "en-US" } = design;
  const [loader, resume] = [newGuid(), newGuid()];
  const { suffix } = PROGRAMS[firmware];
  const { bootloadersettings, resumeloadersettings, bootmgr } = KNOWN_OBJECTS;
  const recovery = design.recovery && addRecovery(store, design, design.recovery, newGuid);
  add(store, loader, OBJECT_TYPES.osloader, [
    [ELEMENTS.device, partition(windows)],
    [ELEMENTS.path, string(`${systemRoot}\\system32\\winload${suffix}`)],
    [ELEMENTS.description, string(description)],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(bootloadersettings)],
    ...recoveryRows(recovery),
    [ELEMENTS.osDevice, partition(windows)],
    [ELEMENTS.systemRoot, string(systemRoot)],
    [ELEMENTS.associatedResume, object(resume)],
    [ELEMENTS.nx, integer(NX_OPT_IN)],
    [ELEMENTS.bootMenuPolicy, integer(MENU_STANDARD)],
  ]);
  add(store, resume, OBJECT_TYPES.resume, [
    [ELEMENTS.device, partition(windows)],
    [ELEMENTS.path, string(`${systemRoot}\\system32\\winresume${suffix}`)],
    [ELEMENTS.description, string("Windows Resume Application")],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(resumeloadersettings)],
    [ELEMENTS.hiberFileDevice, partition(windows)],
    [ELEMENTS.hiberFilePath, string("\\hiberfil.sys")],
    [ELEMENTS.resumeBootMenuPolicy, integer(MENU_STANDARD)],
    [ELEMENTS.debugOptionEnabled, boolean(false)],
  ]);
  const manager = store.create(bootmgr, OBJECT_TYPES.bootmgr);
  const shown = manager.element(ELEMENTS.displayOrder)?.data;
  manager.set(ELEMENTS.displayOrder, objects(loader, ...(shown?.format === "objects" ? shown.guids : [])));
  manager.set(ELEMENTS.defaultObject, object(loader));
  manager.set(ELEMENTS.resumeObject, object(resume));
}

const recoveryRows = (recovery: string | undefined): Rows =>
  recovery === undefined
    ? [[ELEMENTS.recoveryEnabled, boolean(false)]]
    : [
        [ELEMENTS.recoverySequence, objects(recovery)],
        [ELEMENTS.recoveryEnabled, boolean(true)],
        [ELEMENTS.displayMessageOverride, integer(MESSAGE_RECOVERY)],
      ];

/** @returns the recovery's loader */
function addRecovery(
  store: BcdStore,
  { firmware, locale = "en-US" }: BcdDesign,
  recovery: RecoveryDesign,
  newGuid: () => string,
): string {
  const [loader, options] = [newGuid(), newGuid()];
  const { image = "\\Recovery\\WindowsRE\\Winre.wim", sdi = "\\Recovery\\WindowsRE\\boot.sdi" } = recovery;
  const parent: BcdDevice = { kind: "partition", id: recovery.partition };
  const ramdisk = on({ kind: "ramdisk", parent, path: image }, options);
  add(store, options, OBJECT_TYPES.device, [
    [ELEMENTS.description, string("Windows Recovery")],
    [ELEMENTS.ramdiskSdiDevice, partition(recovery.partition)],
    [ELEMENTS.ramdiskSdiPath, string(sdi)],
  ]);
  add(store, loader, OBJECT_TYPES.osloader, [
    [ELEMENTS.device, ramdisk],
    [ELEMENTS.path, string(`\\windows\\system32\\winload${PROGRAMS[firmware].suffix}`)],
    [ELEMENTS.description, string("Windows Recovery Environment")],
    [ELEMENTS.locale, string(locale)],
    [ELEMENTS.inherit, objects(KNOWN_OBJECTS.bootloadersettings)],
    [ELEMENTS.displayMessage, integer(MESSAGE_RECOVERY)],
    [ELEMENTS.osDevice, ramdisk],
    [ELEMENTS.systemRoot, string("\\windows")],
    [ELEMENTS.nx, integer(NX_OPT_IN)],
    [ELEMENTS.bootMenuPolicy, integer(MENU_STANDARD)],
    [ELEMENTS.winPe, boolean(true)],
  ]);
  return loader;
}
