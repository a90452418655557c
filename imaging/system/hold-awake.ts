import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** Where systemd runs (sd_booted(3)). */
const SYSTEMD = "/run/systemd/system";

/**
 * Keeps a machine with systemd from sleep, shutdown by the idle timer and the lid's switch until it is disposed of
 * (systemd-inhibit(1)). The lock is held by a `cat` that reads from us: a job that is killed holds nothing. Elsewhere, and where the
 * machine's rules do not allow it, nothing happens; in the rescue system nothing ever sleeps.
 */
export async function holdAwake(why: string): Promise<Disposable> {
  const isThere = await access(SYSTEMD).then(
    () => true,
    () => false,
  );
  if (!isThere) return { [Symbol.dispose]() {} };
  const what = "--what=sleep:idle:handle-lid-switch:handle-suspend-key:handle-hibernate-key";
  const child = spawn("systemd-inhibit", [what, "--who=Lifeboat", `--why=${why}`, "--mode=block", "cat"], {
    env: TOOL_ENVIRONMENT,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  child.unref();
  return {
    [Symbol.dispose]() {
      child.stdin.end();
    },
  };
}
