import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import { ExtentList } from "#imaging/extent.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import type { RunRestoreOptions } from "#imaging/restore/run-restore.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import type { RestoreOperation } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";

const MiB = 1 << 20;

export const sampleDisk = (overrides: Partial<Disk> = {}): Disk => ({
  id: "ata-TARGET_0001",
  path: "/dev/sdb",
  kind: "block",
  size: 64 * MiB,
  sectorSize: 512,
  model: "Target",
  serial: "SN00017777",
  bus: "sata",
  removable: false,
  readOnly: false,
  table: { type: "none", problems: [] },
  partitions: [],
  inUse: [],
  isBootMedium: false,
  fingerprint: "fingerprint-1",
  ...overrides,
});

export const samplePartition = (number: number, filesystem: string): Disk["partitions"][number] => ({
  number,
  start: number * MiB,
  size: MiB,
  type: "0x83",
  typeName: "Linux",
  active: false,
  role: "primary",
  filesystem: { type: filesystem, blockSize: 4096, size: MiB, warnings: [] },
  usedBy: [],
});

export const sampleManifest = (overrides: Partial<Manifest> = {}): Manifest => ({
  format: 2,
  imageId: "6b1ff8f8-6a1c-4d1c-8a46-9b7d6a3c2f10",
  createdAt: "2026-01-02T03:04:05.000Z",
  name: "office",
  note: "",
  writer: { program: "lifeboat", version: "0.1.0", platform: "linux" },
  level: "normal",
  disk: { size: 32 * MiB, sectorSize: 512 },
  table: { type: "none", problems: [] },
  partitions: [],
  regions: [],
  ...overrides,
});

export const sampleImage = (path: string, overrides: Partial<Image> = {}): Image => ({
  path,
  fileSize: 1000,
  rootHash: "ab".repeat(32),
  manifest: sampleManifest(),
  regions: [],
  volumes: 1,
  encrypted: false,
  bad: new ExtentList(),
  chunks: 0,
  rawBytes: 0,
  index: {} as Image["index"],
  chunkSize: 1 << 20,
  place: { path, unfinished: false, volumeSize: 0 },
  chunkPlace: { path, unfinished: false, volumeSize: 0 },
  ...overrides,
});

export const sampleFound = (overrides: Partial<FoundImage> = {}): FoundImage => ({
  id: "image-1",
  path: "/media/office.lbi",
  fileName: "office.lbi",
  fileSize: 1000,
  volumes: 1,
  protection: "none",
  diskId: "usb-STICK_1",
  place: "Stick (…1), partition 1",
  manifest: sampleManifest(),
  rootHash: "ab".repeat(32),
  ...overrides,
});

/** A restore that yields and ends when the test says so. */
export class HandRestore {
  started = 0;
  readonly #steps: { resolve: (value: "step" | "pause" | "end") => void; reject: (e: unknown) => void }[] = [];
  #phase = 0;
  options: RunRestoreOptions = {};

  readonly run = (plan: RestorePlan, options: RunRestoreOptions = {}): RestoreOperation => {
    const self = this;
    this.options = options;
    return async function* (signal) {
      self.started++;
      for (;;) {
        const next = Promise.withResolvers<"step" | "pause" | "end">();
        self.#steps.push(next);
        signal.addEventListener("abort", () => next.reject(signal.reason), { once: true });
        const order = await next.promise;
        if (order === "end") return sampleReport(plan);
        self.#phase++;
        yield {
          phase: "write" as const,
          pass: { number: 1, count: 2, doneBytes: self.#phase * 100, totalBytes: 500 },
          doneBytes: self.#phase * 100,
          totalBytes: 1000,
          bytesPerSecond: 100,
          secondsLeft: null,
          elapsedSeconds: self.#phase,
          warnings: [],
          ...(order === "pause" && { paused: { code: "READ_FAILED", text: "the stick does not answer" } }),
        };
      }
    };
  };

  step = () => this.#next((s) => s.resolve("step"));
  pause = () => this.#next((s) => s.resolve("pause"));
  end = () => this.#next((s) => s.resolve("end"));
  fail = (error: unknown) => this.#next((s) => s.reject(error));

  async #next(
    act: (step: { resolve: (value: "step" | "pause" | "end") => void; reject: (e: unknown) => void }) => void,
  ) {
    const step = this.#steps.shift();
    if (!step) throw new Error("no restore is waiting");
    act(step);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const sampleReport = (plan: RestorePlan): RestoreReport => ({
  kind: "restore",
  planId: plan.id,
  outcome: "succeeded",
  startedAt: "2026-01-02T03:04:05.000Z",
  seconds: 1,
  writtenBytes: 1000,
  chunks: 1,
  damagedChunks: [],
  warnings: [],
});

/** Keeps its lines for the test to look at. */
export function memoryLog(): Log & { readonly lines: { level: string; facts: object; message: string }[] } {
  const lines: { level: string; facts: object; message: string }[] = [];
  const at = (level: string) => (facts: object, message: string) => {
    lines.push({ level, facts, message });
  };
  return { lines, info: at("info"), warn: at("warn"), error: at("error") };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came back
  readonly json: any;
}

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** node:http, because fetch does not let a test choose Host and Origin. */
export async function listen(app: Express): Promise<TestServer> {
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    new Promise<Answer>((resolve, reject) => {
      const request = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          const isJson = response.headers["content-type"]?.startsWith("application/json");
          const json = isJson ? JSON.parse(text) : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  return {
    port,
    get: (path, headers = {}) => send("GET", path, headers),
    post: (path, body, headers = {}) =>
      send(
        "POST",
        path,
        { "Content-Type": "application/json", ...headers },
        typeof body === "string" ? body : JSON.stringify(body),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
