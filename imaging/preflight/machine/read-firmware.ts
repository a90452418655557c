import type { MachineFirmware, SecureBoot } from "#imaging/preflight/machine/machine-hardware.ts";
import { readSignatureLists } from "#imaging/preflight/machine/signature-list.ts";
import type { SysFiles } from "#imaging/preflight/machine/sys-files.ts";

const EFI = "sys/firmware/efi";
/** Of the specification's own variables, of the key databases, and of shim's (UEFI 2.10, 3.3 and 32.6; shim, README.sbatlevel). */
const GLOBAL = "8be4df61-93ca-11d2-aa0d-00e098032b8c";
const SECURITY = "d719b2cb-3d3a-4596-a3bc-dad00e67656f";
const SHIM = "605dab50-e046-4300-abb6-3dd810dd8b23";
/** efivarfs puts the attributes before the value (Linux, Documentation/filesystems/efivarfs.rst). */
const ATTRIBUTES = 4;

export async function readFirmware(sys: SysFiles): Promise<MachineFirmware> {
  const isUefi = (await sys.list(EFI)).length > 0;
  const knowsUefi = isUefi ? true : await smbiosKnowsUefi(sys);
  if (!isUefi) return { mode: "bios", ...(knowsUefi !== undefined && { knowsUefi }) };
  const width = await sys.text(`${EFI}/fw_platform_size`);
  const secureBoot = await readSecureBoot(sys);
  return {
    mode: "uefi",
    ...((width === "32" || width === "64") && { bits: width === "32" ? 32 : 64 }),
    knowsUefi: true,
    ...(secureBoot && { secureBoot }),
  };
}

/** Absent where the firmware does not know of it, or its variables cannot be read. */
async function readSecureBoot(sys: SysFiles): Promise<SecureBoot | undefined> {
  const variable = async (name: string, vendor: string) =>
    (await sys.bytes(`${EFI}/efivars/${name}-${vendor}`))?.subarray(ATTRIBUTES);
  const enabled = (await variable("SecureBoot", GLOBAL))?.[0];
  if (enabled === undefined) return undefined;
  const db = await variable("db", SECURITY);
  const lists = db && readSignatureLists(db);
  const forbidden = readSignatureLists((await variable("dbx", SECURITY)) ?? new Uint8Array());
  const level = (await variable("SbatLevelRT", SHIM))?.toString("utf8") ?? "";
  return {
    enabled: enabled === 1,
    setupMode: (await variable("SetupMode", GLOBAL))?.[0] === 1,
    ...(lists && { trusted: [...lists.names] }),
    allowedHashes: [...(lists?.hashes ?? [])],
    revoked: [...forbidden.names],
    revokedHashes: [...forbidden.hashes],
    ownerTrusted: [...readSignatureLists((await variable("MokListRT", SHIM)) ?? new Uint8Array()).names],
    sbatLevel: level.split("\n").flatMap((line) => /^[\w.-]+,\d+/.exec(line)?.[0] ?? []),
  };
}

/** BIOS Characteristics Extension Byte 2, bit 3: "UEFI Specification is supported" (SMBIOS 3.7, 7.1.2.2). */
const EXTENSION_2 = 0x13;
const UEFI_SUPPORTED = 1 << 3;
const SMBIOS_HEADER = 4;

/** Undefined for a machine that has no SMBIOS: a board, or a virtual machine that starts a kernel by itself. */
async function smbiosKnowsUefi(sys: SysFiles): Promise<boolean | undefined> {
  // The first is there when the module dmi-sysfs is, the other always.
  const table =
    (await sys.bytes("sys/firmware/dmi/entries/0-0/raw")) ?? (await sys.bytes("sys/firmware/dmi/tables/DMI"));
  const entry = table && biosInformation(table);
  if (!entry) return undefined;
  // Older than UEFI, it has no such byte.
  return ((entry[EXTENSION_2] ?? 0) & UEFI_SUPPORTED) !== 0;
}

/** The structure of type 0 (SMBIOS 3.7, 6.1.2: type, length, and behind it texts that end with two zeros). */
function biosInformation(table: Buffer): Buffer | undefined {
  for (let at = 0; at + SMBIOS_HEADER <= table.length; ) {
    const length = table[at + 1] ?? 0;
    if (length < SMBIOS_HEADER) return undefined;
    if (table[at] === 0) return table.subarray(at, at + length);
    const end = table.indexOf("\0\0", at + length, "latin1");
    if (end < 0) return undefined;
    at = end + 2;
  }
  return undefined;
}
