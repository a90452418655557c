/** What an element holds: the second digit of its type ("BCD Reference", BcdElementType). */
export type ElementFormat = "device" | "string" | "object" | "objects" | "integer" | "boolean" | "integers";

const FORMATS: readonly (ElementFormat | undefined)[] = [
  undefined,
  "device",
  "string",
  "object",
  "objects",
  "integer",
  "boolean",
  "integers",
];

export const elementFormat = (type: number): ElementFormat | undefined => FORMATS[(type >>> 24) & 0xf];

/** Elements that are used here by name. */
export const ELEMENTS = {
  device: 0x11000001,
  path: 0x12000002,
  description: 0x12000004,
  locale: 0x12000005,
  inherit: 0x14000006,
  recoverySequence: 0x14000008,
  recoveryEnabled: 0x16000009,
  badMemoryAccess: 0x1600000b,
  debugType: 0x15000011,
  debugPort: 0x15000013,
  baudRate: 0x15000014,
  bootEms: 0x16000020,
  graphicsModeDisabled: 0x16000046,
  displayMessage: 0x15000065,
  displayMessageOverride: 0x15000066,
  allowedInMemorySettings: 0x17000077,
  // of the boot manager
  displayOrder: 0x24000001,
  bootSequence: 0x24000002,
  defaultObject: 0x23000003,
  timeout: 0x25000004,
  attemptResume: 0x26000005,
  resumeObject: 0x23000006,
  toolsDisplayOrder: 0x24000010,
  // of loaders
  osDevice: 0x21000001,
  systemRoot: 0x22000002,
  detectHal: 0x26000010,
  associatedResume: 0x23000003,
  nx: 0x25000020,
  winPe: 0x26000022,
  bootMenuPolicy: 0x250000c2,
  hypervisorDebugType: 0x250000f3,
  hypervisorDebugPort: 0x250000f4,
  hypervisorBaudRate: 0x250000f5,
  // of resume loaders
  hiberFileDevice: 0x21000001,
  hiberFilePath: 0x22000002,
  resumeBootMenuPolicy: 0x25000008,
  debugOptionEnabled: 0x26000006,
  // of device options
  ramdiskSdiDevice: 0x31000003,
  ramdiskSdiPath: 0x32000004,
} as const;

/** As bcdedit calls them; one number has another meaning in each kind of application. */
const LIBRARY: Readonly<Record<number, string>> = {
  285212673: "device",
  301989890: "path",
  301989892: "description",
  301989893: "locale",
  335544326: "inherit",
  352321543: "truncatememory",
  335544328: "recoverysequence",
  369098761: "recoveryenabled",
  385875978: "badmemorylist",
  369098763: "badmemoryaccess",
  369098768: "bootdebug",
  352321553: "debugtype",
  352321555: "debugport",
  352321556: "baudrate",
  369098784: "bootems",
  301989936: "loadoptions",
  369098822: "graphicsmodedisabled",
  369098824: "nointegritychecks",
  369098825: "testsigning",
  369098848: "isolatedcontext",
  352321637: "displaymessage",
  352321638: "displaymessageoverride",
  385876087: "allowedinmemorysettings",
};

const BOOT_MANAGER: Readonly<Record<number, string>> = {
  603979777: "displayorder",
  603979778: "bootsequence",
  587202563: "default",
  620756996: "timeout",
  637534213: "resume",
  587202566: "resumeobject",
  603979792: "toolsdisplayorder",
  637534240: "displaybootmenu",
};

const LOADER: Readonly<Record<number, string>> = {
  553648129: "osdevice",
  570425346: "systemroot",
  587202563: "resumeobject",
  637534224: "detecthal",
  620757024: "nx",
  620757025: "pae",
  637534242: "winpe",
  620757120: "safeboot",
  637534368: "debug",
  620757186: "bootmenupolicy",
  620757216: "bootstatuspolicy",
  620757232: "hypervisorlaunchtype",
  620757235: "hypervisordebugtype",
  620757236: "hypervisordebugport",
  620757237: "hypervisorbaudrate",
};

const RESUME: Readonly<Record<number, string>> = {
  553648129: "filedevice",
  570425346: "filepath",
  637534214: "debugoptionenabled",
  620757000: "bootmenupolicy",
};

const DEVICE: Readonly<Record<number, string>> = {
  822083587: "ramdisksdidevice",
  838860804: "ramdisksdipath",
  889192449: "ramdiskimageoffset",
  889192453: "ramdiskimagelength",
};

/** Names by the last digits of the object's type: which application its elements are for. */
const APPLICATIONS: readonly (Readonly<Record<number, string>> | undefined)[] = [
  undefined,
  BOOT_MANAGER,
  BOOT_MANAGER,
  LOADER,
  RESUME,
];

/** @returns bcdedit's name of an element in an object of that type, or "custom:22000099" */
export function elementName(type: number, objectType: number): string {
  const application = APPLICATIONS[objectType & 0xff]?.[type];
  return LIBRARY[type] ?? application ?? DEVICE[type] ?? `custom:${type.toString(16).padStart(8, "0")}`;
}
