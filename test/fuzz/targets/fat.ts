import { fat as driver } from "#imaging/filesystem/fat/used-blocks.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";
import { KIB, MIB, made, withFiles } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";

/** FAT32 with fewer clusters than the specification asks for keeps a case short; mtools does not fill it. */
const SMALL32 = ["-n", "LABEL", "-F", "32", "-s", "1"];

function mkfs(path: string, size: number, ...options: string[]): void {
  made(path, size, "mkfs.fat", "-n", "LABEL", ...options);
  withFiles((files) => run("mcopy", "-i", path, "-s", `${files}/sub`, `${files}/f0.bin`, "::"));
}

export const target = driverTarget(driver, {
  name: "fat",
  seeds: [
    { name: "fat12", make: (path) => mkfs(path, 720 * KIB, "-F", "12") },
    { name: "fat16", make: (path) => mkfs(path, 5 * MIB, "-F", "16", "-s", "2") },
    { name: "fat32", make: (path) => made(path, 2 * MIB, "mkfs.fat", ...SMALL32) },
    { name: "fat32-4kn", sectorSize: 4096, make: (path) => made(path, 8 * MIB, "mkfs.fat", ...SMALL32, "-S", "4096") },
  ],
});
