import { readBytes } from "#imaging/device/block-device.ts";
import { describeDriver } from "#imaging/universal/windows/inf/driver-package.ts";
import { readInstallSection } from "#imaging/universal/windows/inf/install-section.ts";
import { parseInf } from "#imaging/universal/windows/inf/parse-inf.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";
import { NETWORK_INF, RAID_INF, VIRTUAL_DISK_INF } from "#test/fixtures/windows/driver-packages.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SYSTEMS: readonly TargetSystem[] = [
  { architecture: "amd64", major: 10, minor: 0, build: 22631, productType: 1 },
  { architecture: "x86", major: 6, minor: 1, build: 7601, productType: 3 },
];
const MOST_MODELS = 200;

const DICTIONARY = [
  "[",
  "]",
  "=",
  ",",
  '"',
  '""',
  "%",
  "%%",
  "%MAKER%",
  "\\",
  "\\\n",
  ";",
  "\n",
  "\0",
  "@",
  "..",
  "HKR",
  "0x00010001",
  "0xffffffff",
  "-1",
  "[Manufacturer]\n",
  "[Strings]\n",
  "NTamd64.10.0...16299",
  "AddService = ",
  "CopyFiles = ",
];

/** Descriptions of drivers, from a vendor's medium or from anybody. */
export const target: FuzzTarget = {
  name: "inf",
  seeds: [
    { name: "virtual-disk", content: () => text(VIRTUAL_DISK_INF) },
    { name: "raid-utf-16", content: () => Buffer.from(`\ufeff${RAID_INF}`, "utf16le") },
    { name: "network", content: () => text(NETWORK_INF) },
  ],
  allowed: ["INF_INVALID"],
  dictionary: DICTIONARY,
  async parse(device) {
    const inf = parseInf(await readBytes(device, 0, Math.min(device.size, 16 << 20)), "fuzz.inf");
    let offered = 0;
    for (const system of SYSTEMS) {
      const { models, catalogs } = describeDriver(inf, system);
      promise(catalogs.length <= 1, () => `${catalogs.length} catalogs`);
      offered += models.length;
      for (const { install, ids } of models.slice(0, MOST_MODELS)) {
        promise(
          ids.every((id) => id !== "" && id === id.toUpperCase()),
          () => `ids ${JSON.stringify(ids)}`,
        );
        const { files, services } = readInstallSection(inf, install, system);
        for (const { start, type, errorControl, binary } of services)
          promise(
            [start, type, errorControl].every((one) => Number.isInteger(one) && one >= 0 && one <= 0xffff_ffff) &&
              !/[\\/]/.test(binary),
            () => `a service with ${start}, ${type}, ${errorControl}, ${binary}`,
          );
        promise(files.length <= 2000, () => `${files.length} files`);
      }
    }
    return offered > 0 ? "accepted" : "offers nothing";
  },
};
