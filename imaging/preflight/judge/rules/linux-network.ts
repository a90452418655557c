import type { LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import type { SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import { say } from "#imaging/words/say.ts";

/** It starts without a network; who reaches it only by one wants to know. */
export const linuxNetwork: SystemRule<LinuxContent> = (context) => [...names(context), ...drivers(context)];

function names({ machine, system, wish }: SystemContext<LinuxContent>): Finding[] {
  const here = machine.networks.map(({ name }) => name);
  const gone = system.interfaces.filter((name) => !here.includes(name));
  if (gone.length === 0 || here.length === 0 || gone.length < system.interfaces.length) return [];
  const names = say("verdict.network-names", { old: gone.join(", "), names: here.join(", ") });
  return [
    { code: "NETWORK_NAMES", severity: "warning", ...names, mend: "universal", planned: wish.universal === true },
  ];
}

function drivers({ machine, system }: SystemContext<LinuxContent>): Finding[] {
  return machine.networks.flatMap(({ name, device }): Finding[] => {
    const has = ({ devices }: LinuxContent["kernels"][number]) =>
      devices.find(({ modalias }) => modalias === device?.modalias)?.drivers.length !== 0;
    if (!device || system.kernels.length === 0 || system.kernels.some(has)) return [];
    const id = device.vendor ? `${device.vendor}:${device.device}` : "";
    return [
      {
        code: "NETWORK_DRIVER",
        severity: "warning",
        ...say("verdict.network-driver", { name, id }),
      },
    ];
  });
}
