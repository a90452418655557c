import type { Express, Request, Response } from "express";
import { api, jobEventsPath } from "#rescue/api/contract.ts";
import { type EventTimes, sendEvents } from "#rescue/api/events.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Restores } from "#rescue/jobs/restores.ts";

export interface JobDeps {
  readonly jobs: Pick<JobRegistry, "list" | "get" | "cancel">;
  readonly restores: Pick<Restores, "start">;
  readonly eventTimes?: EventTimes;
}

/** Starts, shows, follows and cancels jobs. */
export function jobRoutes(app: Express, serve: Serve, { jobs, restores, eventTimes }: JobDeps): void {
  serve(api.startRestore, (request) => restores.start(request), { status: 202, needsKey: true });
  serve(api.jobs, () => jobs.list().map((entry) => entry.view()));
  serve(api.job, (_request, { jobId }) => jobs.get(jobId).view());
  serve(api.cancelJob, (_request, { jobId }) => jobs.cancel(jobId).view(), { status: 202 });
  app.get(jobEventsPath, async (request: Request<{ jobId: string }>, response: Response) => {
    await sendEvents(jobs.get(request.params.jobId), request, response, eventTimes);
  });
}
