import { affectedTarget } from "#test/fuzz/affected-target.ts";
import { target as fat } from "#test/fuzz/targets/fat.ts";

export const target = affectedTarget("vfat", fat);
