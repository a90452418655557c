import { spawn } from "node:child_process";
import { once } from "node:events";

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs: it stands still, and goes on as if nothing had been. */
export interface RunningCommand {
  pause(): void;
  goOn(): void;
}

/** Runs `lifeboat`, the same that a person has. @param onLine each line that it says of its progress */
export type RunLifeboat = (
  args: readonly string[],
  signal: AbortSignal,
  onLine?: (line: string) => void,
  onStart?: (command: RunningCommand) => void,
) => Promise<CommandResult>;

/** As many characters of what it says are kept. */
const MOST_TEXT = 4 << 20;

/**
 * It is asked to end as Ctrl+C asks it, so that a restore that is broken off says so on the disk.
 * @param first arguments that come before all others
 */
export const runLifeboat =
  (program: string, first: readonly string[] = []): RunLifeboat =>
  async (args, signal, onLine, onStart) => {
    signal.throwIfAborted();
    const child = spawn(program, [...first, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    onStart?.({ pause: () => child.kill("SIGSTOP"), goOn: () => child.kill("SIGCONT") });
    const stop = () => child.kill("SIGINT");
    signal.addEventListener("abort", stop, { once: true });
    let stdout = "";
    let stderr = "";
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      stdout = (stdout + part).slice(-MOST_TEXT);
    });
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      stderr = (stderr + part).slice(-MOST_TEXT);
      const lines = (rest + part).split(/\r?\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") onLine?.(line);
    });
    try {
      const [code] = (await once(child, "close")) as [number | null];
      return { status: code ?? 1, stdout, stderr };
    } finally {
      signal.removeEventListener("abort", stop);
    }
  };
