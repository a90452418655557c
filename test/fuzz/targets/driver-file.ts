import { readBytes } from "#imaging/device/block-device.ts";
import { readDriverFile } from "#imaging/universal/windows/driver-file.ts";
import { stubDriver } from "#test/fixtures/windows/stub-driver.ts";
import type { FuzzTarget } from "#test/fuzz/target.ts";

/** Headers of programs for Windows. */
export const target: FuzzTarget = {
  name: "driver-file",
  seeds: [
    { name: "amd64-signed", content: () => stubDriver({ architecture: "amd64", signed: true }) },
    { name: "x86", content: () => stubDriver({ architecture: "x86" }) },
  ],
  allowed: [],
  async parse(device) {
    const headers = readDriverFile(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    return headers ? "accepted" : "no program";
  },
};
