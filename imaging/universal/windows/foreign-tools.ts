import type { Sentence } from "#base/sentence.ts";
import { dword } from "#imaging/registry/value.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/**
 * Drivers of virtual machines' tools that stop Windows where that virtual machine is not. Those of others only find no device
 * there, and stay: VirtIO, VMware, Hyper-V, newer Xen.
 */
const TOOLS: readonly { readonly of: Sentence; readonly services: readonly string[] }[] = [
  {
    of: { text: "Parallels" },
    services: [
      "prl_boot",
      "prl_dd",
      "prl_eth5",
      "prl_fs",
      "prl_memdev",
      "prl_mouf",
      "prl_pv32",
      "prl_pv64",
      "prl_scsi",
    ].concat(["prl_sound", "prl_strg", "prl_tg", "prl_time", "prl_uprof", "prl_va"]),
  },
  { of: say("windows.old-xen"), services: ["rhelfltr", "rhelnet", "rhelscsi"] },
];

const DISABLED = 4;

/** @param platform of this machine, as its firmware calls it: "Parallels"; the tools of that one stay */
export function disableForeignTools(registry: WindowsRegistry, platform = ""): void {
  for (const { of, services } of TOOLS) {
    if (platform !== "" && of.text.toLowerCase().startsWith(platform.toLowerCase())) continue;
    for (const set of registry.controlSets)
      for (const name of services) {
        const key = `${set}\\Services\\${name}`;
        if (registry.key("SYSTEM", key))
          registry.set("SYSTEM", key, "Start", dword(DISABLED), say("windows.tools", { driver: name, maker: of }));
      }
  }
}
