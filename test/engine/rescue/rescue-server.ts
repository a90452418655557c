import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Job, Problem } from "#rescue/api/contract.ts";

const MAIN = fileURLToPath(new URL("../../../rescue/main.ts", import.meta.url));

export interface RescueServer extends AsyncDisposable {
  readonly url: string;
  get(path: string): Promise<{ status: number; json: unknown; text: string }>;
  post(path: string, body: unknown, key?: string): Promise<{ status: number; json: unknown }>;
  /** All states that the event stream shows, to its end. */
  follow(jobId: string): Promise<Job[]>;
  /** As when the power goes. */
  kill(): Promise<void>;
}

/** The rescue server as a process of its own, on a free port. */
export async function startRescueServer(...args: string[]): Promise<RescueServer> {
  const child = spawn(process.execPath, [MAIN, "--listen", "127.0.0.1:0", "--only-files", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  child.stderr.on("data", (data: Buffer) => output.push(data.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      const found = /http:\S+(?=\/)/.exec(data.toString())?.[0];
      if (found) resolve(found);
    });
    child.on("exit", (status) => reject(new Error(`the server ended with ${status}: ${output.join("")}`)));
  });
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined };
  };
  return {
    url,
    get: (path) => send(path, {}),
    post: (path, body, key) =>
      send(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(key ? { "Idempotency-Key": key } : {}) },
        body: JSON.stringify(body),
      }),
    async follow(jobId) {
      const { text } = await send(`/api/v1/jobs/${jobId}/events`, {});
      return [...text.matchAll(/^data: (.+)$/gm)].map((match) => Job.parse(JSON.parse(match[1] ?? "")));
    },
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

export const problemCode = (json: unknown): string => Problem.parse(json).code;
