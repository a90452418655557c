import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { LifeboatError } from "#base/errors.ts";

export interface QemuProcess extends AsyncDisposable {
  readonly pid: number;
  readonly running: boolean;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended, such as "status 0" or "signal SIGKILL", after its last output. */
  readonly closed: Promise<string>;
  /** Bytes, up to now or up to its end. */
  readonly peakMemory: number;
  /** What QEMU has said on standard error. */
  messages(): string;
}

const WATCH_INTERVAL_MS = 500;

export function spawnQemu(args: readonly string[]): QemuProcess {
  // The kernel ends QEMU with its parent, even when a test runner is killed and runs no clean-up.
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", "qemu-system-x86_64", ...args]);
  const closed = Promise.withResolvers<string>();
  let running = true;
  let messages = "";
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, readPeak(child.pid));
  }, WATCH_INTERVAL_MS).unref();
  child.stderr.on("data", (chunk: Buffer) => {
    messages += chunk.toString();
  });
  child.stdin.on("error", () => {}); // the guest's end is seen by `closed`
  child.on("error", (cause) =>
    closed.reject(new LifeboatError("TOOL_MISSING", { tool: "setpriv", purpose: "run QEMU" }, { cause })),
  );
  child.on("exit", () => {
    running = false;
    clearInterval(watch);
  });
  child.on("close", (status, signal) => closed.resolve(signal ? `signal ${signal}` : `status ${status}`));
  return {
    pid: child.pid ?? -1,
    get running() {
      return running && child.pid !== undefined;
    },
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    closed: closed.promise,
    get peakMemory() {
      peak = Math.max(peak, running ? readPeak(child.pid) : 0);
      return peak;
    },
    messages: () => messages.trim(),
    async [Symbol.asyncDispose]() {
      if (running) child.kill("SIGKILL");
      await closed.promise.catch(() => {});
    },
  };
}

/** High-water mark of the resident set, proc_pid_status(5); 0 when the process is gone. */
function readPeak(pid: number | undefined): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
