import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import { LifeboatError } from "#base/errors.ts";
import { powerWarning } from "#imaging/system/power-supply.ts";
import { api, bundlePath } from "#rescue/api/contract.ts";
import { networkRoutes } from "#rescue/api/network-routes.ts";
import { placeRoutes } from "#rescue/api/place-routes.ts";
import type { Serve } from "#rescue/api/route.ts";
import { settingsRoutes } from "#rescue/api/settings-routes.ts";
import type { RemotePages } from "#rescue/remote/remote-pages.ts";
import type { Services } from "#rescue/services.ts";
import type { BundleReport } from "#rescue/support/bundle.ts";
import type { BundleOptions } from "#rescue/support/collect.ts";

export interface ServiceDeps {
  readonly services: Services;
  readonly isRescue: boolean;
  /** After a change of the settings or the passwords. */
  readonly refresh: () => void;
  readonly rescan: () => Promise<unknown>;
  readonly pages: RemotePages;
  readonly bundle: (folder: string, options: BundleOptions) => Promise<BundleReport>;
}

/** Refuses what would change a machine that only runs our server. */
export type MustBeRescue = (what: string) => void;

/** The machine itself: settings, network, places, clock, power, ways in, help. */
export function serviceRoutes(app: Express, serve: Serve, deps: ServiceDeps): void {
  const mustBeRescue: MustBeRescue = (what) => {
    if (!deps.isRescue)
      throw new LifeboatError("FORBIDDEN", { reason: `this computer does not run the rescue system, so ${what}` });
  };
  settingsRoutes(app, serve, deps, mustBeRescue);
  networkRoutes(serve, deps, mustBeRescue);
  placeRoutes(serve, deps, mustBeRescue);
  clockRoutes(serve, deps, mustBeRescue);
  remoteRoutes(serve, deps, mustBeRescue);
  bundleRoutes(app, serve, deps);
  serve(api.powerState, async () => {
    const supply = await deps.services.power();
    const { percent, onBattery, minutesLeft } = supply;
    const warning = powerWarning(supply);
    return {
      onBattery,
      ...(percent !== undefined && { percent }),
      ...(minutesLeft !== undefined && { minutesLeft }),
      ...(warning && { warning: { ...warning } }),
    };
  });
}

function clockRoutes(serve: Serve, { services }: ServiceDeps, mustBeRescue: MustBeRescue): void {
  const { clock, settings } = services;
  const view = () => ({ ...clock.state, now: new Date().toISOString(), timeZone: settings.current.timeZone });
  serve(api.clock, view);
  serve(api.setClock, async ({ timeZone, now }) => {
    mustBeRescue("its clock stays as it is");
    if (timeZone !== undefined) {
      await settings.change({ timeZone: checkTimeZone(timeZone) });
      await clock.setTimeZone(timeZone);
    }
    if (now !== undefined) await clock.setTime(new Date(now));
    return view();
  });
  serve(api.syncClock, async ({ server }) => {
    mustBeRescue("its clock stays as it is");
    await clock.sync(server === undefined ? [] : [server]);
    return view();
  });
}

function checkTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }) && timeZone;
  } catch {
    throw new LifeboatError("REQUEST_INVALID", { path: "timeZone", problem: "it is not a time zone" });
  }
}

function remoteRoutes(serve: Serve, { services, pages }: ServiceDeps, mustBeRescue: MustBeRescue): void {
  const view = async () => ({ pages: pages.view(), ssh: await services.ssh.view() });
  serve(api.remote, view);
  serve(api.setRemotePages, async ({ open }) => {
    await (open ? pages.open() : pages.close());
    return view();
  });
  serve(api.setSsh, async ({ keys }) => {
    mustBeRescue("nobody new may log in");
    await services.ssh.setKeys(keys);
    return view();
  });
}

function bundleRoutes(app: Express, serve: Serve, { services, bundle }: ServiceDeps): void {
  serve(api.saveBundle, async ({ to, withoutSerials }) => {
    const report = await bundle(await folderOf(to, services), { withoutSerials });
    return { ...report, missing: [...report.missing] };
  });
  app.get(bundlePath, async (request, response, next) => {
    const { path } = await bundle(tmpdir(), { withoutSerials: request.query["serials"] === "no" });
    response.download(path, (error) => {
      void rm(path, { force: true });
      // Whoever asked has gone away.
      if (error && !response.headersSent) next(error);
    });
  });
}

async function folderOf(to: string, { shares, dataFolder }: Services): Promise<string> {
  if (to === "medium") return join(await dataFolder(), "lifeboat/support");
  const folder = (await shares.list()).find(({ id }) => id === to)?.folder;
  if (folder === undefined) throw new LifeboatError("NOT_FOUND", { what: `the connected place ${to}` });
  return folder;
}
