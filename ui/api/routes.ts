import type * as z from "zod";
import type { api } from "#rescue/api/contract.ts";

type Contract = typeof api;
export type RouteName = keyof Contract;
export type Reply<K extends RouteName> = z.output<Contract[K]["reply"]>;
export type Body<K extends RouteName> = z.input<Contract[K]["body"]>;

/**
 * The contract's paths again, because importing them as values would bring zod into the page (25 kB gz).
 * The types hold names and methods together; routes.test.ts holds the paths.
 */
export const routes: { readonly [K in RouteName]: { readonly method: Contract[K]["method"]; readonly path: string } } =
  {
    system: { method: "GET", path: "/api/v1/system" },
    disks: { method: "GET", path: "/api/v1/disks" },
    images: { method: "GET", path: "/api/v1/images" },
    rescanImages: { method: "POST", path: "/api/v1/images/rescan" },
    unlockImage: { method: "POST", path: "/api/v1/images/:imageId/unlock" },
    targets: { method: "GET", path: "/api/v1/images/:imageId/targets" },
    planRestore: { method: "POST", path: "/api/v1/plans/restore" },
    plan: { method: "GET", path: "/api/v1/plans/:planId" },
    startRestore: { method: "POST", path: "/api/v1/jobs/restore" },
    jobs: { method: "GET", path: "/api/v1/jobs" },
    job: { method: "GET", path: "/api/v1/jobs/:jobId" },
    cancelJob: { method: "POST", path: "/api/v1/jobs/:jobId/cancel" },
    power: { method: "POST", path: "/api/v1/power" },
    painted: { method: "POST", path: "/api/v1/kiosk/painted" },
  };
export const jobEventsPath = "/api/v1/jobs/:jobId/events";
export const logPath = "/api/v1/log";

/** Puts values into the `:name` parts; an image's id holds slashes, so each is escaped. */
export const fillPath = (path: string, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
