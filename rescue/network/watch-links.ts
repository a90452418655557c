import { type ChildProcess, spawn } from "node:child_process";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** Several messages come at once when a card is plugged in. */
const QUIET_MS = 500;
/** `ip monitor` ends only when something is wrong. */
const PAUSE_MS = 5000;

/** Calls `changed` some time after a network card came or went, until it is disposed of. */
export function watchLinks(changed: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess | undefined;
  let stopped = false;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
    timer.unref();
  };
  const start = () => {
    if (stopped) return;
    child = spawn("ip", ["-oneline", "monitor", "link"], {
      env: TOOL_ENVIRONMENT,
      stdio: ["ignore", "pipe", "ignore"],
    });
    child.stdout?.on("data", soon);
    child.on("error", () => {});
    child.on("close", () => setTimeout(start, PAUSE_MS).unref());
  };
  start();
  return {
    [Symbol.dispose]() {
      stopped = true;
      clearTimeout(timer);
      child?.kill();
    },
  };
}
