import { affectedTarget } from "#test/fuzz/affected-target.ts";
import { target as ext } from "#test/fuzz/targets/ext.ts";

export const target = affectedTarget("ext4", ext);
