import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { PowerRequest } from "#rescue/api/contract.ts";

export type PowerAction = PowerRequest["action"];

export interface PowerDeps {
  readonly isRescue: boolean;
  /** The disk that a job is writing to now. */
  readonly busyDisk: () => string | undefined;
  readonly run?: (action: PowerAction) => Promise<unknown>;
}

const COMMANDS: Readonly<Record<PowerAction, string>> = { restart: "reboot", "shut-down": "poweroff" };

const runCommand = (action: PowerAction) => runTool(COMMANDS[action], [], "restart or shut down the machine");

/**
 * Restarts or shuts down the machine.
 * @throws FORBIDDEN on a machine that does not run the rescue system, JOB_BUSY while a job is writing
 */
export const power =
  ({ isRescue, busyDisk, run = runCommand }: PowerDeps) =>
  async (action: PowerAction): Promise<void> => {
    if (!isRescue)
      throw new LifeboatError("FORBIDDEN", { reason: "this computer does not run the rescue system, so it stays on" });
    const device = busyDisk();
    if (device !== undefined) throw new LifeboatError("JOB_BUSY", { device });
    await run(action);
  };
