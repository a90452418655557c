import { packTarget } from "#test/fuzz/pack-target.ts";

export const target = packTarget("pack", undefined);
