import type { WindowsContent } from "#imaging/preflight/content/windows/windows-content.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { controllerKind } from "#imaging/preflight/machine/storage-controller.ts";
import { chooseDrivers } from "#imaging/universal/windows/choose-drivers.ts";
import { findDriverPackages } from "#imaging/universal/windows/find-driver-packages.ts";
import { machineHardwareIds } from "#imaging/universal/windows/hardware-ids.ts";
import type { TargetSystem, WindowsArchitecture } from "#imaging/universal/windows/inf/target-system.ts";

const ARCHITECTURES: Readonly<Record<string, WindowsArchitecture>> = {
  x86_64: "amd64",
  i686: "x86",
  aarch64: "arm64",
  armv7l: "arm",
};

/**
 * For which storage controllers a driver for a Windows lies in folders that were given.
 * @returns addresses of devices
 */
export async function devicesWithDrivers(
  folders: readonly string[],
  windows: Pick<WindowsContent, "architecture" | "major" | "minor" | "build">,
  devices: readonly MachineDevice[],
  signal?: AbortSignal,
): Promise<string[]> {
  const { architecture = "x86_64", major = 10, minor = 0, build = 0 } = windows;
  const target: TargetSystem = {
    ...{ architecture: ARCHITECTURES[architecture] ?? "amd64", major, minor, build, productType: 1 },
  };
  const { packages } = await findDriverPackages(folders, target, signal);
  return devices
    .filter((device) => controllerKind(device) !== undefined)
    .filter((device) => {
      const ids = machineHardwareIds(device);
      return ids.length > 0 && chooseDrivers(packages, target, [ids]).length > 0;
    })
    .map(({ address }) => address);
}
