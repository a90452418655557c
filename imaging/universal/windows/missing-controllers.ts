import type { Sentence } from "#base/sentence.ts";
import { hasDriverDatabase } from "#imaging/universal/windows/bind-driver.ts";
import { saysRevision, withoutRevision } from "#imaging/universal/windows/inf/match-driver.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/** Class codes of PCI for what disks hang on: mass storage controllers. */
const MASS_STORAGE = /^PCI\\CC_01[0-9A-F]{2,4}$/;

/**
 * Disk controllers of a machine that no driver in a Windows is bound to, after all that was put in. Windows would stop with 0x7B
 * where its disk hangs on one.
 */
export function missingControllers(registry: WindowsRegistry, devices: readonly (readonly string[])[]): Sentence[] {
  const bound = boundIds(registry);
  const anyRevision = new Set([...bound].map(withoutRevision));
  return devices
    .map((ids) => ids.map((id) => id.toUpperCase()))
    .filter((ids) => ids.some((id) => MASS_STORAGE.test(id)))
    .filter((ids) => !ids.some((id) => (saysRevision(ids) ? bound : anyRevision).has(id)))
    .map(([id = ""]) => say("windows.controller", { id }));
}

/** Ids of PCI devices that Windows has a driver for, in capitals. */
function boundIds(registry: WindowsRegistry): Set<string> {
  if (hasDriverDatabase(registry)) {
    const keys = registry.key("SYSTEM", "DriverDatabase\\DeviceIds\\PCI")?.subkeys() ?? [];
    return new Set(keys.filter((key) => key.values().length > 0).map(({ name }) => `PCI\\${name.toUpperCase()}`));
  }
  const keys = registry.key("SYSTEM", `${registry.controlSets[0]}\\Control\\CriticalDeviceDatabase`)?.subkeys() ?? [];
  return new Set(
    keys.filter((key) => key.value("Service")).map(({ name }) => name.toUpperCase().replaceAll("#", "\\")),
  );
}
