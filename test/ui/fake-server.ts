import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import express, { type Express, type Request, type Response } from "express";
import type * as z from "zod";
import { type ErrorCode, type ErrorDetails, LifeboatError } from "#base/errors.ts";
import { errorReply } from "#base/http/answer.ts";
import { Idempotency } from "#base/http/idempotency.ts";
import { problemOf } from "#base/http/problem.ts";
import { say } from "#imaging/words/say.ts";
import {
  api,
  type Destination,
  type DiskBoot,
  type FirmwareEntries,
  type FoundImage,
  type Job,
  jobEventsPath,
  logoPath,
  logPath,
  type Operation,
  type PartitionsAnswer,
  type PlaceState,
  type RemoteState,
  type RestoreOptions,
  type RestorePlan,
  type RestoreWish,
  type SettingsState,
  type TargetChoice,
  type UnattendedState,
  type Verdict,
} from "#rescue/api/contract.ts";
import { guard } from "#rescue/api/security.ts";
import { acceptUpgrades, terminalRoute } from "#rescue/api/upgrades.ts";
import { openShell } from "#rescue/terminal/open-shell.ts";
import { Terminals } from "#rescue/terminal/terminals.ts";
import { image, settings, system, unlockedImage, windowsDisk } from "#test/ui/recorded.ts";
import { diskBoot, firmwareEntries } from "#test/ui/recorded-boot.ts";
import { capturePlanFor, destinations } from "#test/ui/recorded-capture.ts";
import { clonePlanFor, jobFor, planFor } from "#test/ui/recorded-job.ts";
import { imageFolder, imageKeys, imageVolumes, retentionRows } from "#test/ui/recorded-library.ts";
import {
  bucketTest,
  clockState,
  closedPages,
  networkState,
  openPages,
  places,
  placeTest,
  wifiNetworks,
} from "#test/ui/recorded-network.ts";
import { partitionPlanFor, partitionTypes, triedOn } from "#test/ui/recorded-partitions.ts";
import { layoutFor, operationPlanFor, runningOperation } from "#test/ui/recorded-wish.ts";

export interface FakeOptions {
  readonly ui: string;
}

/** Opens every locked image. */
export const PASSWORD = "correct horse";

/** The rescue server's API without an engine: a test sets what it tells, and sends the events of the job itself. */
export class FakeServer implements AsyncDisposable {
  images: FoundImage[] = [image];
  afterRescan: FoundImage[] | undefined;
  targets: TargetChoice[] = [windowsDisk];
  /** What the locked image is once somebody sends `PASSWORD`. */
  unlocked: FoundImage = unlockedImage;
  isRescue = true;
  settings: SettingsState = settings;
  log = "log of the fake server\n";
  logo = "";
  /** Real ones: shells of this machine. */
  readonly terminals = new Terminals({ openShell, log: { info: () => {}, warn: () => {} } });
  job: Job | undefined;
  unattended: UnattendedState = { phase: "none", title: { text: "" }, lines: [], isHeld: false, afterwards: "stay" };
  /** What a plan says of the start, by what is wanted. */
  preflight: ((wish: RestoreWish) => Verdict) | undefined;
  operation: Operation = runningOperation;
  /** It is listed too: who comes now finds it running. */
  isOperationListed = false;
  destinations: Destination[] = destinations;
  firmware: FirmwareEntries = firmwareEntries;
  diskBoot: DiskBoot = diskBoot;
  /** Thrown when a folder of an image is listed. */
  folderError: LifeboatError | undefined;
  /** Thrown when a disk is looked into. */
  bootError: LifeboatError | undefined;
  /** Thrown when a capture is planned. */
  captureError: LifeboatError | undefined;
  /** Thrown when a boot proof is planned. */
  proofError: LifeboatError | undefined;
  places: PlaceState[] = places;
  /** Thrown when a place is connected. */
  placeError: LifeboatError | undefined;
  remote: RemoteState = { pages: closedPages, ssh: { isRunning: false, addresses: [], keys: [] } };
  /** What is said of each disk, instead of what its partitions can be. */
  partitions: PartitionsAnswer | undefined;
  /** Thrown at the next start. */
  startError: LifeboatError | undefined;
  /** Thrown by the image list. */
  imagesError: LifeboatError | undefined;
  /** POSTs in the order of their arrival: route, body and key. */
  readonly posts: { readonly path: string; readonly body: unknown; readonly key: string | undefined }[] = [];
  readonly #app: Express = express();
  readonly #http = createServer(this.#app);
  readonly #streams = new Set<ServerResponse>();
  readonly #sockets = new Set<Socket>();
  readonly #plans = new Map<string, RestorePlan>();
  #eventId = 0;
  #cut = false;

  static async start(options: FakeOptions): Promise<FakeServer> {
    const server = new FakeServer();
    server.#routes(options.ui);
    server.#http.on("connection", (socket) => {
      server.#sockets.add(socket);
      socket.on("close", () => server.#sockets.delete(socket));
      if (server.#cut) socket.destroy();
    });
    server.#http.listen(0, "127.0.0.1");
    await once(server.#http, "listening");
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  /** The job's next state: told to every page that watches. */
  push(job: Job): void {
    this.job = job;
    this.#eventId++;
    for (const stream of this.#streams) this.#send(stream, job);
  }

  /** true: every connection breaks and none is accepted, as when the server is gone. */
  cut(on: boolean): void {
    this.#cut = on;
    if (on) for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.terminals.close();
    this.cut(true);
    this.#http.close();
    await once(this.#http, "close");
  }

  #send(stream: ServerResponse, job: Job): void {
    stream.write(`id: ${this.#eventId}\ndata: ${JSON.stringify(job)}\n\n`);
    if (job.state !== "running" && job.state !== "cancelling") stream.end();
  }

  #routes(ui: string): void {
    const app = this.#app;
    app.use(guard, express.json());
    acceptUpgrades(this.#http, app);
    terminalRoute(app, { terminals: this.terminals });
    const keys = new Idempotency();
    const serve = <R extends (typeof api)[keyof typeof api]>(
      route: R,
      answer: (body: z.output<R["body"]>, params: Record<string, string>) => z.input<R["reply"]>,
    ) => {
      const reply = (request: Request) =>
        this.#reply(() =>
          route.reply.parse(
            answer(
              route.body.parse(request.body ?? {}) as z.output<R["body"]>,
              request.params as Record<string, string>,
            ),
          ),
        );
      app[route.method === "GET" ? "get" : "post"](route.path, async (request: Request, response: Response) => {
        const key = request.get("Idempotency-Key");
        if (route.method === "POST") this.posts.push({ path: request.path, body: request.body, key });
        const { method, originalUrl: url, body } = request;
        const { status, body: sent } = key
          ? await keys.once(key, { method, url, body }, async () => reply(request))
          : reply(request);
        response.status(status).json(sent);
      });
    };
    serve(api.system, () => ({ ...system, isRescue: this.isRescue }));
    serve(api.images, () => this.#listImages());
    serve(api.rescanImages, () => {
      this.images = this.afterRescan ?? this.images;
      return this.#listImages();
    });
    serve(api.unlockImage, ({ password }, { imageId }) => this.#unlock(imageId ?? "", password));
    serve(api.targets, () => this.targets);
    serve(api.cloneTargets, (_body, { diskId }) => {
      const refusal = { code: "TARGET_IS_SOURCE", text: "it is the source" };
      return this.targets.map((choice) => (choice.disk.id === diskId ? { ...choice, refusal } : choice));
    });
    serve(api.planRestore, ({ diskId, targetId, options, wish }) => this.#plan(diskId, targetId, options, wish));
    serve(api.planLayout, ({ targetId, layout }) => layoutFor(this.#target(targetId), layout));
    serve(api.imageVolumes, () => imageVolumes);
    serve(api.imageFolder, () => {
      if (this.folderError) throw this.folderError;
      return imageFolder;
    });
    serve(api.imageKeys, () => imageKeys);
    serve(api.addImageKey, () => imageKeys);
    serve(api.removeImageKey, () => imageKeys);
    serve(api.addRecoveryKey, () => ({ recoveryKey: "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567" }));
    serve(api.pointMark, () => ({ pinned: true, labels: [], note: "before the move" }));
    serve(api.setPointMark, (mark) => mark);
    serve(api.retention, () => retentionRows);
    serve(api.firmwareEntries, () => this.firmware);
    serve(api.diskBoot, () => {
      if (this.bootError) throw this.bootError;
      return this.diskBoot;
    });
    serve(api.destinations, () => this.destinations);
    serve(api.planOperation, (request) => {
      if (request.kind === "prove" && this.proofError) throw this.proofError;
      if (request.kind === "partition") return partitionPlanFor(this.#target(request.diskId).disk, request.edits);
      if (request.kind !== "capture") return operationPlanFor(request.kind);
      if (this.captureError) throw this.captureError;
      const place = this.destinations.find(({ id }) => id === request.destinationId);
      return capturePlanFor(this.#target(request.diskId), request, place);
    });
    serve(api.tryPartitions, ({ diskId, edits }) => this.partitions ?? triedOn(this.#target(diskId).disk, edits));
    serve(api.partitionTypes, () => partitionTypes);
    serve(api.startOperation, () => this.operation);
    serve(api.operations, () => (this.isOperationListed ? [this.operation] : []));
    serve(api.operation, () => this.operation);
    serve(api.cancelOperation, () => {
      this.operation = { ...this.operation, state: "cancelling" };
      return this.operation;
    });
    serve(api.plan, (_body, { planId }) => this.#planOf(planId ?? ""));
    serve(api.startRestore, ({ planId, confirm }) => this.#start(planId, confirm));
    serve(api.jobs, () => (this.job ? [this.job] : []));
    serve(api.job, (_body, { jobId }) => this.#jobOf(jobId ?? ""));
    serve(api.cancelJob, (_body, { jobId }) => {
      this.push({ ...this.#jobOf(jobId ?? ""), state: "cancelling" });
      return this.#jobOf(jobId ?? "");
    });
    serve(api.unattended, () => this.unattended);
    serve(api.steerUnattended, ({ action }) => {
      if (action === "stop") this.unattended = { ...this.unattended, phase: "stopped", lines: [say("says.stopped")] };
      return this.unattended;
    });
    serve(api.disks, () => this.targets.map(({ disk }) => disk));
    serve(api.settings, () => this.settings);
    serve(api.setScreen, ({ language = this.settings.language, keyboard = this.settings.keyboard }) => {
      this.settings = { ...this.settings, language, keyboard };
      return this.settings;
    });
    serve(api.network, () => networkState);
    serve(api.setNetwork, ({ network }) => ({ ...networkState, settings: network }));
    serve(api.scanWifi, () => wifiNetworks);
    serve(api.places, () => this.places);
    serve(api.testPlace, ({ place }) => (place.kind === "s3" ? bucketTest : placeTest));
    serve(api.setPlace, ({ place }) => {
      if (this.placeError) throw this.placeError;
      this.places = [...this.places, { id: place.name, place, state: "connected", isLow: false }];
      return this.places;
    });
    serve(api.disconnectPlace, () => this.places.map((one) => ({ ...one, state: "not-connected" as const })));
    serve(api.giveSecret, () => {
      this.settings = { ...this.settings, missing: [] };
      return this.settings;
    });
    serve(api.keepSettings, () => this.settings);
    serve(api.clock, () => clockState);
    serve(api.syncClock, () => ({ ...clockState, source: "network" as const, server: "ntp.example.org" }));
    serve(api.remote, () => this.remote);
    serve(api.setRemotePages, ({ open }) => {
      this.remote = { ...this.remote, pages: open ? openPages : closedPages };
      return this.remote;
    });
    serve(api.setSsh, ({ keys }) => {
      this.remote = { ...this.remote, ssh: { ...this.remote.ssh, isRunning: keys.length > 0, keys } };
      return this.remote;
    });
    serve(api.powerState, () => ({ onBattery: false }));
    serve(api.saveBundle, () => ({ path: "/run/lifeboat/data/lifeboat-support.tar.gz", bytes: 183_000, missing: [] }));
    serve(api.power, () => ({}));
    serve(api.painted, () => ({}));
    app.get(jobEventsPath, (request: Request<{ jobId: string }>, response: Response) => {
      const job = this.#jobOf(request.params.jobId);
      response.status(200).set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.flushHeaders();
      this.#streams.add(response);
      response.on("close", () => this.#streams.delete(response));
      this.#send(response, job);
    });
    app.get(logoPath, (_request, response) => void response.type("svg").send(this.logo));
    app.get(logPath, (_request, response) => void response.type("text/plain").send(this.log));
    app.use(express.static(ui));
    app.use(errorReply({ error: () => {}, warn: () => {}, info: () => {} }));
  }

  #reply(answer: () => unknown): { status: number; body: unknown } {
    try {
      return { status: 200, body: answer() };
    } catch (error) {
      const status = error instanceof LifeboatError ? error.httpStatus : 500;
      return { status, body: problemOf(error) };
    }
  }

  #listImages(): FoundImage[] {
    if (this.imagesError) throw this.imagesError;
    return this.images;
  }

  #unlock(imageId: string, password: string): FoundImage {
    const file = this.images.find((found) => found.id === imageId)?.fileName ?? "";
    if (password !== PASSWORD)
      throw new LifeboatError("IMAGE_UNLOCK_FAILED", { file, tried: "the password", problem: "it is another one" });
    this.images = this.images.map((found) => (found.id === imageId ? this.unlocked : found));
    return this.unlocked;
  }

  #target(targetId: string): TargetChoice {
    const target = this.targets.find((choice) => choice.disk.id === targetId);
    if (!target) throw new LifeboatError("NOT_FOUND", { what: `disk ${targetId}` });
    return target;
  }

  #plan(diskId: string | undefined, targetId: string, options: RestoreOptions, wish: RestoreWish = {}) {
    const target = this.#target(targetId);
    const plan = {
      ...(diskId === undefined ? planFor(target, options) : clonePlanFor(this.#target(diskId), target, options)),
      ...(this.preflight && { preflight: this.preflight(wish) }),
    };
    this.#plans.set(plan.id, plan);
    return plan;
  }

  #start(planId: string, confirm: string): Job {
    const error = this.startError;
    this.startError = undefined;
    if (error) throw error;
    const plan = this.#planOf(planId);
    const wanted = plan.confirmation.level === "type" ? plan.confirmation.words : plan.target.id;
    if (confirm !== wanted) throw new LifeboatError("CONFIRM_MISMATCH", { asked: wanted });
    this.job = jobFor(plan);
    return this.job;
  }

  #planOf(planId: string): RestorePlan {
    const plan = this.#plans.get(planId);
    if (!plan) throw new LifeboatError("NOT_FOUND", { what: `plan ${planId}` });
    return plan;
  }

  #jobOf(id: string): Job {
    if (this.job?.id !== id) throw new LifeboatError("NOT_FOUND", { what: `job ${id}` });
    return this.job;
  }
}

export const coded = <C extends ErrorCode>(code: C, details: ErrorDetails<C>): LifeboatError =>
  new LifeboatError(code, details) as unknown as LifeboatError;
