import { dword, text } from "#imaging/registry/value.ts";
import { type HasFile, serviceFile } from "#imaging/universal/windows/service-file.ts";
import { STORAGE_SERVICES, type StorageService } from "#imaging/universal/windows/storage-services.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/** What became of one driver of the list. */
export interface StorageServiceReport {
  readonly name: string;
  readonly text: string;
  /** absent: neither file nor service; no-file, no-service: one of both is missing, so it was left alone. */
  readonly state: "enabled" | "was-enabled" | "no-file" | "no-service" | "absent";
}

const BOOT = 0;

/**
 * Makes Windows load every driver of a disk controller that it has, in every control set that it can start with. One whose
 * file is not there is never enabled: Windows would stop with 0x7B or not start at all.
 */
export async function enableStorage(registry: WindowsRegistry, hasFile: HasFile): Promise<StorageServiceReport[]> {
  const reports: StorageServiceReport[] = [];
  for (const service of STORAGE_SERVICES) {
    const states: StorageServiceReport["state"][] = [];
    for (const set of registry.controlSets) states.push(await enable(registry, hasFile, set, service));
    const state = states.includes("enabled") ? "enabled" : (states[0] as StorageServiceReport["state"]);
    reports.push({ name: service.name, text: service.drives.text, state });
  }
  return reports;
}

async function enable(
  registry: WindowsRegistry,
  hasFile: HasFile,
  set: string,
  { name, drives, group, errorControl }: StorageService,
): Promise<StorageServiceReport["state"]> {
  const path = `${set}\\Services\\${name}`;
  const service = registry.key("SYSTEM", path);
  const isThere = await hasFile(serviceFile(service, name));
  if (!service) return isThere ? "no-service" : "absent";
  if (!isThere) return "no-file";
  const before = registry.changes.length;
  const why = say("windows.storage", { driver: name, drives });
  registry.set("SYSTEM", path, "Start", dword(BOOT), why);
  // Since Windows 8 this takes the place of Start, by hardware configuration.
  for (const override of registry.key("SYSTEM", `${path}\\StartOverride`)?.values() ?? [])
    if (override.number !== undefined)
      registry.set("SYSTEM", `${path}\\StartOverride`, override.name, dword(BOOT), why);
  if (errorControl !== undefined) registry.set("SYSTEM", path, "ErrorControl", dword(errorControl), why);
  if (group !== undefined) registry.set("SYSTEM", path, "Group", text(group), why);
  return registry.changes.length > before ? "enabled" : "was-enabled";
}
