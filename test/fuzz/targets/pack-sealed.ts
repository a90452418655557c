import { packTarget } from "#test/fuzz/pack-target.ts";
import { RECORD_KEY } from "#test/fuzz/repository-seed.ts";

export const target = packTarget("pack-sealed", RECORD_KEY);
