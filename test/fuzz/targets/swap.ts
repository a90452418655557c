import { swap as driver } from "#imaging/filesystem/swap/used-blocks.ts";
import { KIB, made } from "#test/fuzz/make-seed.ts";
import { driverTarget } from "#test/fuzz/promises.ts";

export const target = driverTarget(driver, {
  name: "swap",
  seeds: [
    { name: "4k", make: (path) => made(path, 256 * KIB, "mkswap", "-L", "swap", "-p", "4096") },
    { name: "64k", make: (path) => made(path, 1024 * KIB, "mkswap", "-p", "65536") },
  ],
});
