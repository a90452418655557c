import { readFile } from "node:fs/promises";
import { ZodError } from "zod";
import { LifeboatError } from "#base/errors.ts";
import { RestorePlan } from "#imaging/plan/plan.ts";

/** What `restore --dry-run --json` printed. @throws OPEN_FAILED, REQUEST_INVALID */
export async function readPlan(file: string): Promise<RestorePlan> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: (cause as Error).message }, { cause });
  }
  try {
    return RestorePlan.parse(JSON.parse(text));
  } catch (cause) {
    const problem = `it is not a restore plan (${firstFault(cause)})`;
    throw new LifeboatError("REQUEST_INVALID", { path: file, problem }, { cause });
  }
}

/** Of a file that is something else, one fault says as much as all of them. */
function firstFault(cause: unknown): string {
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  return issue ? `${issue.path.join(".") || "all of it"}: ${issue.message}` : (cause as Error).message;
}
