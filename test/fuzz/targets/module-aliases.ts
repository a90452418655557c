import { readBytes } from "#imaging/device/block-device.ts";
import { builtinAliases, moduleAliases } from "#imaging/preflight/content/linux/module-aliases.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const ALIASES = `# Aliases extracted from modules themselves.
alias pci:v00008086d00002922sv*sd*bc*sc*i* ahci
alias usb:v05ACp*d02[0-9]*dc*dsc*dp*ic*isc*ip*in* bcm5974
alias acpi*:LNXCPU:* processor
alias dmi*:svn[!A-C]*:pn\\\\**: wmi
`;
const DEVICES = [
  "pci:v00008086d00002922sv00001AF4sd00001100bc01sc06i01",
  "usb:v05ACp0262d0225dc00dsc00dp00ic03isc00ip00in00",
  `acpi:${"A".repeat(400)}:`,
  "",
];

/** What a kernel in an image says of its drivers. */
export const target: FuzzTarget = {
  name: "module-aliases",
  seeds: [
    { name: "aliases", content: () => text(ALIASES) },
    { name: "modinfo", content: () => text("ahci.license=GPL\0ahci.alias=pci:v*d*sv*sd*bc01sc06i01*\0") },
  ],
  allowed: [],
  dictionary: ["alias ", "*", "?", "[", "]", "[!", "-", "\\", "\n", "\0", ".alias=", "*a*a*a*a*a*a*a*"],
  async parse(device) {
    const bytes = await readBytes(device, 0, Math.min(device.size, 1 << 20));
    const known = [moduleAliases(new TextDecoder().decode(bytes)), builtinAliases(bytes)];
    let found = 0;
    for (const aliases of known)
      for (const modalias of DEVICES) {
        const modules = aliases.modulesFor(modalias);
        promise(new Set(modules).size === modules.length, () => "a module twice");
        found += modules.length;
      }
    return found > 0 ? "accepted" : "refused";
  },
};
