import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type * as z from "zod";
import { type ErrorCode, errorCodes, LifeboatError } from "#base/errors.ts";
import { api, type Job, jobEventsPath, type Problem } from "#rescue/api/contract.ts";

type Contract = typeof api;
export type RouteName = keyof Contract;
export type Reply<K extends RouteName> = z.output<Contract[K]["reply"]>;
export type Body<K extends RouteName> = z.input<Contract[K]["body"]>;

interface Input<K extends RouteName> {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: Body<K>;
}

/** Where the rescue system's server listens. */
export const DEFAULT_SERVER = "http://127.0.0.1:8480";

/** The API as a program uses it: the command, and the text menu. */
export class Client {
  readonly #url: string;

  /** @param url of the server, without a path */
  constructor(url: string = DEFAULT_SERVER) {
    this.#url = url.replace(/\/+$/, "");
  }

  /** @throws SERVER_UNREACHABLE, and the server's refusals as if they were our own */
  async call<K extends RouteName>(name: K, input: Input<K> = {}): Promise<Reply<K>> {
    const { method, path } = api[name];
    const headers = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
    const init = method === "GET" ? {} : { method, headers, body: JSON.stringify(input.body ?? {}) };
    const response = await this.#fetch(fill(path, input.params), init);
    return (await response.json()) as Reply<K>;
  }

  /** Each newer state of a job, until its last one. @throws SERVER_UNREACHABLE when the server is gone, NOT_FOUND */
  async *follow(jobId: string, signal?: AbortSignal): AsyncGenerator<Job> {
    const response = await this.#fetch(fill(jobEventsPath, { jobId }), signal ? { signal } : {});
    let rest = "";
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      const events = (rest + decoder.decode(part, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) yield JSON.parse(data) as Job;
      }
    }
  }

  /** @throws SERVER_UNREACHABLE, and the errors of files */
  async download(path: string, to: string): Promise<void> {
    const response = await this.#fetch(path, {});
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(to, { mode: 0o600 }));
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.#url}${path}`, init);
    } catch (cause) {
      if (init.signal?.aborted) throw init.signal.reason;
      const { cause: inner, message } = cause as Error & { cause?: Error };
      throw new LifeboatError("SERVER_UNREACHABLE", { url: this.#url, reason: inner?.message || message }, { cause });
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

const fill = (path: string, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));

/** A server of another version may have codes that we have not. */
async function refusal(response: Response): Promise<LifeboatError> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
  const known = errorCodes.find((code) => code === problem?.code);
  if (problem && known) return new LifeboatError(known, problem.details as never);
  const said = problem ? `${problem.code satisfies string | ErrorCode}: ${problem.text}` : `status ${response.status}`;
  return new LifeboatError("INTERNAL", { problem: `the rescue server said ${said}` });
}
