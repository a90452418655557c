import { affectedTarget } from "#test/fuzz/affected-target.ts";
import { target as ntfs } from "#test/fuzz/targets/ntfs.ts";

export const target = affectedTarget("ntfs", ntfs);
