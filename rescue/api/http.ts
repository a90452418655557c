import { hostname } from "node:os";
import express, { type Express } from "express";
import { LifeboatError } from "#base/errors.ts";
import { errorReply } from "#base/http/answer.ts";
import { Idempotency } from "#base/http/idempotency.ts";
import type { Guard } from "#base/http/security.ts";
import { type BootDeps, bootRoutes } from "#rescue/api/boot.ts";
import { type ExploreDeps, exploreRoutes } from "#rescue/api/explore.ts";
import { type ImageDeps, imageRoutes } from "#rescue/api/images.ts";
import { type JobDeps, jobRoutes } from "#rescue/api/jobs.ts";
import { logRoute } from "#rescue/api/log.ts";
import { type MachineDeps, machineRoutes } from "#rescue/api/machine.ts";
import { type OperationDeps, operationRoutes } from "#rescue/api/operations.ts";
import { type PlanDeps, planRoutes } from "#rescue/api/plans.ts";
import { type Serve, server } from "#rescue/api/route.ts";
import { guard as loopbackGuard } from "#rescue/api/security.ts";
import { type ServiceDeps, serviceRoutes } from "#rescue/api/service-routes.ts";
import { type UnattendedDeps, unattendedRoutes } from "#rescue/api/unattended.ts";
import { type TerminalDeps, terminalRoute } from "#rescue/api/upgrades.ts";
import type { Log } from "#rescue/log.ts";

/** Everything that the routes use; tests hand in doubles. */
export interface Deps
  extends MachineDeps,
    ImageDeps,
    PlanDeps,
    JobDeps,
    OperationDeps,
    BootDeps,
    ExploreDeps,
    TerminalDeps,
    UnattendedDeps {
  readonly restores: ImageDeps["restores"] & PlanDeps["restores"] & JobDeps["restores"];
  readonly logText: () => Promise<string>;
  readonly log: Log;
  /** What is about the machine itself. */
  readonly machine?: ServiceDeps;
  /** Folder of the built user interface; without it only the API is served. */
  readonly ui?: string | undefined;
}

/** Requests hold ids and words, never data. */
const MOST_BODY = "64kb";

/** How requests get in. By default from this machine alone. */
export interface Entrance {
  readonly guard: Guard;
  /** Routes that come before all others. */
  readonly routes?: (app: Express, serve: Serve) => void;
}

/** The HTTP side of the rescue server: contract.ts says what it serves, this file in which order. */
export function httpApi(deps: Deps, entrance: Entrance = { guard: loopbackGuard }): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(entrance.guard);
  app.use(express.json({ limit: MOST_BODY }));

  const serve = server(app, new Idempotency(), deps.log);
  entrance.routes?.(app, serve);
  machineRoutes(serve, deps);
  imageRoutes(serve, deps);
  planRoutes(serve, deps);
  jobRoutes(app, serve, deps);
  operationRoutes(serve, deps);
  bootRoutes(serve, deps);
  exploreRoutes(app, serve, deps);
  unattendedRoutes(serve, deps);
  terminalRoute(app, deps);
  logRoute(app, hostname(), deps.logText);
  if (deps.machine) serviceRoutes(app, serve, deps.machine);

  if (deps.ui) app.use(express.static(deps.ui, { index: "index.html", redirect: false }));
  app.use((request) => {
    throw new LifeboatError("NOT_FOUND", { what: `${request.method} ${request.path}` });
  });
  app.use(errorReply(deps.log));
  return app;
}
