/** Objects whose GUID is the same everywhere, by the names that bcdedit has for them ("BCD Reference", Objects; bcdedit /?  ID). */
export const KNOWN_OBJECTS = {
  fwbootmgr: "a5a30fa2-3d06-4e9f-b5f4-a01df9d1fcba",
  bootmgr: "9dea862c-5cdd-4e70-acc1-f32b344d4795",
  memdiag: "b2721d73-1db4-4c62-bf78-c548a880142d",
  ntldr: "466f5a88-0af2-4f76-9038-095b170dc21c",
  resume: "147aa509-0358-4473-b83b-d950dda00615",
  current: "fa926493-6f1c-4193-a414-58f0b2456d1e",
  default: "1cae1eb7-a0df-4d4d-9851-4860e34ef535",
  badmemory: "5189b25c-5558-4bf2-bca4-289b11bd29e2",
  bootloadersettings: "6efb52bf-1766-41db-a6b3-0ee5eff72bd7",
  dbgsettings: "4636856e-540f-4170-a130-a84776f4c654",
  emssettings: "0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9",
  globalsettings: "7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e",
  hypervisorsettings: "7ff607e0-4395-11db-b0de-0800200c9a66",
  ramdiskoptions: "ae5534e0-a924-466c-b836-758539a3ee3a",
  resumeloadersettings: "1afa9c49-16ab-4a5c-901b-212802da9460",
} as const;

const names = new Map<string, string>(Object.entries(KNOWN_OBJECTS).map(([name, guid]) => [guid, name]));

/** "{bootmgr}", or the GUID in braces. */
export const objectName = (guid: string): string => `{${names.get(guid) ?? guid}}`;

/** Kinds of objects: class, image kind and application ("BCD Reference", Objects). */
export const OBJECT_TYPES = {
  fwbootmgr: 0x10100001,
  bootmgr: 0x10100002,
  osloader: 0x10200003,
  resume: 0x10200004,
  memdiag: 0x10200005,
  ntldr: 0x10300006,
  bootsector: 0x10400008,
  settings: 0x20100000,
  osloaderSettings: 0x20200003,
  resumeSettings: 0x20200004,
  device: 0x30000000,
} as const;

const TITLES: ReadonlyMap<number, string> = new Map([
  [OBJECT_TYPES.fwbootmgr, "Firmware Boot Manager"],
  [OBJECT_TYPES.bootmgr, "Windows Boot Manager"],
  [OBJECT_TYPES.osloader, "Windows Boot Loader"],
  [OBJECT_TYPES.resume, "Resume from Hibernate"],
  [OBJECT_TYPES.memdiag, "Windows Memory Tester"],
  [OBJECT_TYPES.ntldr, "Windows Legacy OS Loader"],
  [OBJECT_TYPES.bootsector, "Real-mode Boot Sector"],
  [OBJECT_TYPES.settings, "Settings"],
  [OBJECT_TYPES.osloaderSettings, "Boot Loader Settings"],
  [OBJECT_TYPES.resumeSettings, "Resume Loader Settings"],
  [OBJECT_TYPES.device, "Device options"],
]);

export const typeTitle = (type: number): string =>
  TITLES.get(type) ?? `Object of type 0x${type.toString(16).padStart(8, "0")}`;
