import type { MendWish } from "#imaging/mend/mend.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { MendInput } from "#imaging/tasks/mend-task.ts";
import type { NewInterface } from "#imaging/universal/linux/network/card.ts";
import { machineHardwareIds } from "#imaging/universal/windows/hardware-ids.ts";
import type { TargetHardware } from "#imaging/universal/windows/plan-windows-universal.ts";

/** What of a wish the process is told that has the systems mounted. @param machine that the disk is for, where it is known */
export const mendInput = (
  wish: MendWish,
  machine: MachineHardware | undefined,
): Pick<MendInput, "universal" | "identity" | "discardHibernation" | "moved"> => ({
  ...(wish.universal && {
    universal: {
      ...{ drivers: wish.drivers },
      ...(machine && { interfaces: interfacesOf(machine), hardware: hardwareOf(machine) }),
    },
  }),
  ...(wish.identity === "new" && { identity: { hostname: wish.hostname } }),
  ...(wish.discardHibernation && { discardHibernation: true }),
  ...(wish.moved && { moved: wish.moved }),
});

const interfacesOf = ({ networks }: MachineHardware): NewInterface[] =>
  networks.map(({ name, mac, wireless }) => ({ name, mac, kind: wireless ? "wireless" : "ethernet" }));

const hardwareOf = ({ name: platform, devices }: MachineHardware): TargetHardware => ({
  platform,
  devices: devices.map(machineHardwareIds).filter((ids) => ids.length > 0),
});
