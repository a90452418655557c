import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Duplex, Readable, Writable } from "node:stream";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

export interface LaunchOptions {
  /** Number of the user and group that QEMU runs as; absent: our own. What it opens by name must be theirs then. */
  readonly user?: number | undefined;
  /** Number of one more group of that user, such as the one that may use /dev/kvm. */
  readonly group?: number | undefined;
  /** A file that only we may open, for reading and writing: QEMU has it as `/dev/fdset/1`. */
  readonly opened?: string | undefined;
  /** Number of a process in whose network namespace QEMU runs; absent: ours. */
  readonly network?: number | undefined;
}

export interface QemuProcess extends AsyncDisposable {
  readonly pid: number;
  readonly running: boolean;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its file 4, which is a socket: no name of it is in any folder. */
  readonly monitor: Duplex;
  /** How it ended, such as "status 0" or "signal SIGKILL", after its last output. */
  readonly closed: Promise<string>;
  /** Bytes, up to now or up to its end. */
  readonly peakMemory: number;
  /** What QEMU has said on standard error, its first 64 KiB. */
  messages(): string;
}

const WATCH_INTERVAL_MS = 500;
const MOST_MESSAGES = 64 << 10;
const QEMU = "qemu-system-x86_64";

/** The shell opens what QEMU may not: Node's own file calls must not touch what our FUSE server shows. */
const OPEN_FIRST = ["sh", "-c", 'exec 3<>"$1"; shift; exec "$@"', "sh"];
const FILE_SET = ["-add-fd", "fd=3,set=1"];

/** The kernel ends QEMU with its parent, however that ends: setpriv(1) asks for it as the last thing before QEMU. */
export function qemuCommand(args: readonly string[], { user, group, opened, network }: LaunchOptions): string[] {
  const groups = group === undefined ? ["--clear-groups"] : ["--groups", String(group)];
  const as = user === undefined ? [] : ["--reuid", String(user), "--regid", String(user), ...groups, "--no-new-privs"];
  return [
    ...(opened === undefined ? [] : [...OPEN_FIRST, opened]),
    ...(network === undefined ? [] : ["nsenter", "--target", String(network), "--net", "--"]),
    ...["setpriv", ...as, "--pdeathsig", "KILL", "--", QEMU],
    ...(opened === undefined ? [] : FILE_SET),
    ...args,
  ];
}

/** What a missing program has to do with it is only known from what the shell or setpriv say. */
export function spawnQemu(args: readonly string[], options: LaunchOptions = {}): QemuProcess {
  const [command = "", ...rest] = qemuCommand(args, options);
  const child = spawn(command, rest, { env: TOOL_ENVIRONMENT, stdio: ["pipe", "pipe", "pipe", "ignore", "pipe"] });
  // All of them are pipes, which the type of the array does not tell.
  const [stdin, stdout, stderr, , monitor] = child.stdio as unknown as [Writable, Readable, Readable, null, Duplex];
  monitor.on("error", () => {}); // its end is seen by `closed`
  const closed = Promise.withResolvers<string>();
  let running = true;
  let messages = "";
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, readPeak(child.pid));
  }, WATCH_INTERVAL_MS).unref();
  stderr.on("data", (chunk: Buffer) => {
    if (messages.length < MOST_MESSAGES) messages += chunk.toString();
  });
  stdin.on("error", () => {}); // the guest's end is seen by `closed`
  child.on("error", (cause) =>
    closed.reject(new LifeboatError("TOOL_MISSING", { tool: command, purpose: "run QEMU" }, { cause })),
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
    ...{ stdin, stdout, stderr, monitor },
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
