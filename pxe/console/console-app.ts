import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { LifeboatError } from "#base/errors.ts";
import { errorReply } from "#base/http/answer.ts";
import { sendEventStream } from "#base/http/event-stream.ts";
import type { Log } from "#base/log.ts";
import type { Access } from "./access.ts";
import { eventsPath } from "./contract/events.ts";
import { mediaFilesPath } from "./contract/server.ts";
import type { EventHub } from "./event-hub.ts";
import { consoleGuard } from "./guard.ts";
import { mediaFiles } from "./media.ts";
import { admit, consoleRoutes, type RouteDeps } from "./route.ts";
import { type DeploymentDeps, deploymentRoutes } from "./routes/deployment-routes.ts";
import { type MachineDeps, machineRoutes } from "./routes/machine-routes.ts";
import { type PeopleDeps, peopleRoutes } from "./routes/people-routes.ts";
import { type RetentionDeps, retentionRoutes } from "./routes/retention-routes.ts";
import { type ServerDeps, serverRoutes } from "./routes/server-routes.ts";
import type { ConsoleStore } from "./store/console-store.ts";

export interface ConsoleDeps extends MachineDeps, ServerDeps, RetentionDeps, PeopleDeps, DeploymentDeps {
  readonly access: Access;
  readonly store: ConsoleStore;
  readonly events: EventHub;
  readonly log: Log;
  /** Folder of the built pages; without it only the API is served. */
  readonly ui?: string | undefined;
}

/** A list of machines is the largest thing that is sent here. */
const MOST_BODY = "5mb";
/** Before a login nothing needs more. */
const MOST_BODY_OF_NOBODY = "16kb";
/** Event streams at the same time. Each is a connection that stays. */
const MOST_STREAMS = 200;
/** Milliseconds: a comment, and a look whether whoever watches still may. */
const KEEP_ALIVE = 15_000;

/** The HTTP side of the console: contract.ts says what it serves, this file in which order. */
export function consoleApp(deps: ConsoleDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  // Queries are flat: nothing of the API has lists or objects there.
  app.set("query parser", "simple");
  app.use(consoleGuard(deps.door));
  app.use(bodies(deps));
  const serve = consoleRoutes(app, deps);
  peopleRoutes(serve, deps);
  machineRoutes(serve, deps);
  serverRoutes(serve, deps);
  retentionRoutes(serve, deps);
  deploymentRoutes(serve, deps);
  app.get(eventsPath, eventStream(deps));
  app.use(mediaFilesPath, mediaRoute(deps));
  if (deps.ui) app.use(express.static(deps.ui, { index: "index.html", redirect: false }));
  app.use((request) => {
    throw new LifeboatError("NOT_FOUND", { what: `${request.method} ${request.path}` });
  });
  app.use(errorReply(deps.log));
  return app;
}

/** Who is not logged in can send little. */
function bodies(deps: RouteDeps) {
  const [few, many] = [MOST_BODY_OF_NOBODY, MOST_BODY].map((limit) => express.json({ limit, strict: true }));
  return async (request: Request, response: Response, next: (error?: unknown) => void): Promise<void> => {
    const length = Number(request.get("Content-Length"));
    const isLarge = !(length <= 16 << 10);
    const isKnown = request.method === "POST" && isLarge && (await isAdmitted(request, deps));
    (isKnown ? many : few)?.(request, response, next);
  };
}

const isAdmitted = (request: Request, deps: RouteDeps): Promise<boolean> =>
  admit(request, "viewer", deps).then(
    () => true,
    () => false,
  );

function mediaRoute(deps: Pick<ConsoleDeps, "root"> & RouteDeps) {
  // The folder may be mounted later than the server starts.
  let files: Promise<RequestHandler> | undefined;
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    await admit(request, "viewer", deps);
    files ??= mediaFiles(deps.root);
    files.catch(() => {
      files = undefined;
    });
    await (await files)(request, response, next);
  };
}

function eventStream(deps: Pick<ConsoleDeps, "events"> & RouteDeps) {
  let open = 0;
  return async (request: Request, response: Response): Promise<void> => {
    await admit(request, "viewer", deps);
    if (open >= MOST_STREAMS) throw new LifeboatError("CONSOLE_TOO_MANY_TRIES", { seconds: 60 });
    open++;
    const over = new AbortController();
    const watch = setInterval(() => void isAdmitted(request, deps).then((may) => may || over.abort()), KEEP_ALIVE);
    const last = /^\d{1,15}$/.exec(request.get("Last-Event-ID") ?? "")?.[0];
    try {
      await sendEventStream(response, KEEP_ALIVE, (closed) =>
        deps.events.from(last === undefined ? undefined : Number(last), AbortSignal.any([closed, over.signal])),
      );
    } finally {
      clearInterval(watch);
      open--;
    }
  };
}
