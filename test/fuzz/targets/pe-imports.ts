import { readBytes } from "#imaging/device/block-device.ts";
import { readPeImports } from "#mediabuilder/winpe/needs/pe-imports.ts";
import { importingProgram } from "#test/fixtures/windows/importing-program.ts";
import { stubDriver } from "#test/fixtures/windows/stub-driver.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

/** What programs for Windows ask the loader for. */
export const target: FuzzTarget = {
  name: "pe-imports",
  seeds: [
    {
      name: "static-and-delayed",
      content: () =>
        importingProgram({ libraries: ["KERNEL32.dll", "ntdll.dll"], delayed: ["dbghelp.dll", "ole32.dll"] }),
    },
    { name: "arm64", content: () => importingProgram({ libraries: ["KERNEL32.dll"], architecture: "arm64" }) },
    { name: "no-imports", content: () => stubDriver({ architecture: "x86" }) },
  ],
  allowed: [],
  dictionary: ["MZ", "PE\0\0", ".rdata", ".dll\0"],
  async parse(device) {
    const found = readPeImports(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    for (const { library } of found?.imports ?? [])
      promise(/^[\x21-\x7e]{1,256}$/.test(library), () => `the library ${JSON.stringify(library)}`);
    return found ? "accepted" : "no program";
  },
};
