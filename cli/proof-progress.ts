import type { Output } from "#cli/output.ts";
import type { ProofProgress } from "#imaging/prove/boot-proof.ts";
import { stageName } from "#imaging/prove/judge/explain.ts";

/** A line for each stage that it comes to. */
export function proofProgress(output: Output): (progress: ProofProgress) => void {
  return ({ stage, seconds }) => {
    const what = stage === "preparing" ? "preparing a throw-away copy" : stageName(stage);
    if (stage !== "nothing") output.message(`${seconds.toFixed(0).padStart(4)} s  ${what}`);
  };
}
