import * as z from "zod";
import { readBytes } from "#imaging/device/block-device.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";
import { checkPlanId, planRestore } from "#imaging/plan/plan-restore.ts";
import { sampleDisk, sampleImage } from "#test/doubles/sample-plan.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, JSON_FILE } from "#test/fuzz/target.ts";

const DICTIONARY = [
  "null",
  "-1",
  "1e999",
  "1e308",
  "9007199254740993",
  "[]",
  "{}",
  '""',
  '"\\u0000"',
  "true",
  '"__proto__":',
  "[[[[[[[[",
];

function planText(): Uint8Array {
  const plan = planRestore(sampleImage(), sampleDisk(), {}, { verifyTarget: true, salvage: false });
  return text(JSON.stringify(plan, undefined, 1));
}

/** A plan from a file, as `lifeboat run` takes it: whatever passes its schema must be shown and checked without a fault. */
export const target: FuzzTarget = {
  name: "plan",
  seeds: [{ name: "restore", content: planText }],
  allowed: ["PLAN_STALE", "REQUEST_INVALID", "CONFIRM_MISMATCH"],
  dictionary: DICTIONARY,
  json: JSON_FILE,
  async parse(device) {
    const json = new TextDecoder().decode(await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    let parsed: RestorePlan;
    try {
      parsed = RestorePlan.parse(JSON.parse(json));
    } catch (error) {
      if (error instanceof SyntaxError) return "no JSON";
      if (error instanceof z.ZodError) return "no plan";
      throw error;
    }
    describePlan(parsed);
    checkConfirmation(parsed, parsed.target.id);
    checkPlanId(parsed);
    return "accepted";
  },
};
