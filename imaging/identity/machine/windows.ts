import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { text } from "#imaging/registry/value.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

export interface WindowsIdentity {
  /** Absent: it keeps its name. */
  readonly computerName?: string | undefined;
  /** In lower case. Absent: it keeps its own. */
  readonly machineGuid?: string | undefined;
}

/** Letters, digits and hyphens; not digits alone; as NetBIOS has it, at most 15 ("Naming conventions in Active Directory"). */
const COMPUTER_NAME = /^(?!\d+$)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/i;

/** @throws REQUEST_INVALID */
export function checkComputerName(name: string): void {
  if (COMPUTER_NAME.test(name)) return;
  const problem = `"${name}" is no name for a computer with Windows: letters, digits and hyphens, at most 15, and not digits alone`;
  throw new LifeboatError("REQUEST_INVALID", { path: "computerName", problem });
}

/**
 * Makes a copied Windows another computer for its network: its name, the GUID that programs know it by, and what update servers
 * and DHCP have given it. Its SID stays: it is in every access list, and Windows never shows it to another machine.
 * @returns what it does not change, and why that matters
 * @throws REQUEST_INVALID for what is no name
 */
export function changeWindowsIdentity(
  registry: WindowsRegistry,
  windows: WindowsInstallation,
  { computerName, machineGuid }: WindowsIdentity,
): WindowsNote[] {
  if (computerName !== undefined) {
    checkComputerName(computerName);
    rename(registry, windows.computerName, computerName);
  }
  if (machineGuid !== undefined) renew(registry, machineGuid);
  return notesOf(registry, windows, { computerName, machineGuid });
}

/** Copies of the name that programs of Windows keep. */
const COPIES = [
  ["Microsoft\\Windows Media\\WMSDK\\General", "ComputerName"],
  ["Microsoft\\SchedulingAgent", "OldName"],
] as const;

function rename(registry: WindowsRegistry, before: string | undefined, name: string): void {
  const upper = name.toUpperCase();
  const why = say("identity.computer", { name });
  for (const set of registry.controlSets) {
    const control = `${set}\\Control\\ComputerName`;
    registry.set("SYSTEM", `${control}\\ComputerName`, "ComputerName", text(upper), why);
    // Windows makes this one in memory at each start; some images have it on the disk.
    if (registry.key("SYSTEM", `${control}\\ActiveComputerName`))
      registry.set("SYSTEM", `${control}\\ActiveComputerName`, "ComputerName", text(upper), why);
    const parameters = `${set}\\Services\\Tcpip\\Parameters`;
    registry.set("SYSTEM", parameters, "NV Hostname", text(name), why);
    registry.set("SYSTEM", parameters, "Hostname", text(name), why);
  }
  for (const [key, value] of COPIES)
    if (before && registry.value("SOFTWARE", key, value)?.text?.toLowerCase() === before.toLowerCase())
      registry.set("SOFTWARE", key, value, text(upper), why);
}

const UPDATE_CLIENT = "Microsoft\\Windows\\CurrentVersion\\WindowsUpdate";

function renew(registry: WindowsRegistry, guid: string): void {
  registry.set("SOFTWARE", "Microsoft\\Cryptography", "MachineGuid", text(guid), say("identity.guid"));
  if (registry.value("SOFTWARE", "Microsoft\\SQMClient", "MachineId"))
    registry.set(
      "SOFTWARE",
      "Microsoft\\SQMClient",
      "MachineId",
      text(`{${guid.toUpperCase()}}`),
      say("identity.guid"),
    );
  for (const name of ["SusClientId", "SusClientIdValidation"])
    registry.remove("SOFTWARE", UPDATE_CLIENT, name, say("identity.wsus"));
  for (const set of registry.controlSets)
    registry.remove("SYSTEM", `${set}\\Services\\Tcpip6\\Parameters`, "Dhcpv6DUID", say("identity.dhcpv6"));
}

function notesOf(
  registry: WindowsRegistry,
  { domain }: WindowsInstallation,
  { computerName, machineGuid }: WindowsIdentity,
): WindowsNote[] {
  const notes: WindowsNote[] = [];
  const note = (code: string, of: Sentence) => notes.push({ code, ...of });
  if (domain !== undefined && (computerName !== undefined || machineGuid !== undefined))
    note("DOMAIN_MEMBER", say("identity.domain", { domain }));
  if (machineGuid !== undefined) note("SID_KEPT", say("identity.sid"));
  const addresses = fixedAddresses(registry);
  if (addresses.length > 0) note("FIXED_ADDRESS", say("identity.fixed", { list: addresses }));
  return notes;
}

function fixedAddresses(registry: WindowsRegistry): string[] {
  const key = `${registry.controlSets[0]}\\Services\\Tcpip\\Parameters\\Interfaces`;
  const all = (registry.key("SYSTEM", key)?.subkeys() ?? [])
    .filter((one) => one.value("EnableDHCP")?.number === 0)
    .flatMap((one) => one.value("IPAddress")?.texts ?? [])
    .filter((address) => address !== "0.0.0.0");
  return [...new Set(all)].slice(0, 8);
}
