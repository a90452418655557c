import { affectedTarget } from "#test/fuzz/affected-target.ts";
import { target as exfat } from "#test/fuzz/targets/exfat.ts";

export const target = affectedTarget("exfat", exfat);
