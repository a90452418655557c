import type * as z from "zod";
import type { api } from "#rescue/api/contract.ts";

export { fillPath } from "#ui/api/request.ts";

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
    cloneTargets: { method: "GET", path: "/api/v1/disks/:diskId/targets" },
    planRestore: { method: "POST", path: "/api/v1/plans/restore" },
    planLayout: { method: "POST", path: "/api/v1/plans/layout" },
    plan: { method: "GET", path: "/api/v1/plans/:planId" },
    startRestore: { method: "POST", path: "/api/v1/jobs/restore" },
    jobs: { method: "GET", path: "/api/v1/jobs" },
    job: { method: "GET", path: "/api/v1/jobs/:jobId" },
    cancelJob: { method: "POST", path: "/api/v1/jobs/:jobId/cancel" },
    destinations: { method: "GET", path: "/api/v1/destinations" },
    planOperation: { method: "POST", path: "/api/v1/plans/operation" },
    startOperation: { method: "POST", path: "/api/v1/operations" },
    operations: { method: "GET", path: "/api/v1/operations" },
    operation: { method: "GET", path: "/api/v1/operations/:operationId" },
    cancelOperation: { method: "POST", path: "/api/v1/operations/:operationId/cancel" },
    imageVolumes: { method: "GET", path: "/api/v1/images/:imageId/volumes" },
    imageFolder: { method: "POST", path: "/api/v1/images/:imageId/folder" },
    imageKeys: { method: "GET", path: "/api/v1/images/:imageId/keys" },
    addImageKey: { method: "POST", path: "/api/v1/images/:imageId/keys" },
    addRecoveryKey: { method: "POST", path: "/api/v1/images/:imageId/recovery-key" },
    removeImageKey: { method: "POST", path: "/api/v1/images/:imageId/keys/remove" },
    pointMark: { method: "GET", path: "/api/v1/images/:imageId/mark" },
    setPointMark: { method: "POST", path: "/api/v1/images/:imageId/mark" },
    retention: { method: "POST", path: "/api/v1/images/:imageId/retention" },
    firmwareEntries: { method: "GET", path: "/api/v1/boot/entries" },
    diskBoot: { method: "GET", path: "/api/v1/boot/disks/:diskId" },
    tryPartitions: { method: "POST", path: "/api/v1/partitions" },
    partitionTypes: { method: "GET", path: "/api/v1/partition-types" },
    power: { method: "POST", path: "/api/v1/power" },
    painted: { method: "POST", path: "/api/v1/kiosk/painted" },
    screen: { method: "GET", path: "/api/v1/kiosk/screen" },
    settings: { method: "GET", path: "/api/v1/settings" },
    unlockSettings: { method: "POST", path: "/api/v1/settings/unlock" },
    giveSecret: { method: "POST", path: "/api/v1/settings/secret" },
    setScreen: { method: "POST", path: "/api/v1/settings/screen" },
    keepSettings: { method: "POST", path: "/api/v1/settings/keep" },
    network: { method: "GET", path: "/api/v1/network" },
    setNetwork: { method: "POST", path: "/api/v1/network" },
    scanWifi: { method: "POST", path: "/api/v1/network/wifi-scan" },
    places: { method: "GET", path: "/api/v1/places" },
    setPlace: { method: "POST", path: "/api/v1/places" },
    testPlace: { method: "POST", path: "/api/v1/places/test" },
    removePlace: { method: "POST", path: "/api/v1/places/:placeId/remove" },
    connectPlace: { method: "POST", path: "/api/v1/places/:placeId/connect" },
    disconnectPlace: { method: "POST", path: "/api/v1/places/:placeId/disconnect" },
    clock: { method: "GET", path: "/api/v1/clock" },
    setClock: { method: "POST", path: "/api/v1/clock" },
    syncClock: { method: "POST", path: "/api/v1/clock/sync" },
    powerState: { method: "GET", path: "/api/v1/power" },
    remote: { method: "GET", path: "/api/v1/remote" },
    setRemotePages: { method: "POST", path: "/api/v1/remote/pages" },
    setSsh: { method: "POST", path: "/api/v1/remote/ssh" },
    saveBundle: { method: "POST", path: "/api/v1/support-bundle" },
    unattended: { method: "GET", path: "/api/v1/unattended" },
    steerUnattended: { method: "POST", path: "/api/v1/unattended" },
  };
export const jobEventsPath = "/api/v1/jobs/:jobId/events";
export const downloadPath = "/api/v1/images/:imageId/download";
export const terminalPath = "/api/v1/terminal";
/** Why the server closes a terminal. */
export const terminalClosed = { ended: 4000, tooMany: 4001, failed: 4002 } as const;
export const logPath = "/api/v1/log";
export const logoPath = "/api/v1/settings/logo";
export const bundlePath = "/api/v1/support-bundle";
