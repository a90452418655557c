import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { runTool } from "../../tool.ts";

/** Windows' names have no case; and they are Unicode, whatever the user's language is. */
const ENVIRONMENT = { WIMLIB_IMAGEX_IGNORE_CASE: "1", LC_ALL: "C.UTF-8" };

/** Runs wimlib-imagex(1), the tool for WIMs outside of Windows. @throws TOOL_MISSING, TOOL_FAILED */
export const wimTool = (args: readonly string[], purpose: string): Promise<string> =>
  runTool("wimlib-imagex", args, { purpose, env: ENVIRONMENT });

/** How it ends when a file is not as it should be, and not when it was called wrongly. */
const ENDED = /Exiting with error code \d+/;
/** What wimlib says of a file; the rest of its output is progress. */
const SAID = /\[ERROR\] (.*)|Exiting with error code \d+:\s*\n?\s*(.*)/g;

/**
 * The same for a command that only reads `file`: what it cannot read is damaged.
 * @throws WIM_DAMAGED, TOOL_MISSING; TOOL_FAILED where there is no room for what it writes
 */
export async function readWim(file: string, args: readonly string[], purpose: string): Promise<string> {
  try {
    return await wimTool(args, purpose);
  } catch (error) {
    const output = isLifeboatError(error, "TOOL_FAILED") ? error.details.output : "";
    if (!ENDED.test(output) || /No space left/i.test(output)) throw error;
    const said = [...output.matchAll(SAID)].map(([, message, reason]) => message ?? reason);
    const problem = [...new Set(said)].filter(Boolean).join("; ") || output;
    throw new LifeboatError("WIM_DAMAGED", { file, problem }, { cause: error });
  }
}
