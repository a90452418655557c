import { expect, it } from "vitest";
import {
  api,
  bundlePath as contractBundle,
  terminalClosed as contractClosed,
  downloadPath as contractDownload,
  jobEventsPath as contractEvents,
  logPath as contractLog,
  logoPath as contractLogo,
  terminalPath as contractTerminal,
} from "#rescue/api/contract.ts";
import {
  bundlePath,
  downloadPath,
  fillPath,
  jobEventsPath,
  logoPath,
  logPath,
  routes,
  terminalClosed,
  terminalPath,
} from "#ui/api/routes.ts";

it("repeats the contract's methods and paths exactly", () => {
  const contract = Object.fromEntries(Object.entries(api).map(([name, { method, path }]) => [name, { method, path }]));
  expect(routes).toEqual(contract);
  expect([terminalPath, terminalClosed]).toEqual([contractTerminal, contractClosed]);
  expect([jobEventsPath, logPath, logoPath, bundlePath, downloadPath]).toEqual([
    ...[contractEvents, contractLog, contractLogo, contractBundle, contractDownload],
  ]);
});

it("escapes what it puts into a path", () => {
  expect(fillPath("/api/v1/images/:imageId/targets", { imageId: "/mnt/a b.lbi" })).toBe(
    "/api/v1/images/%2Fmnt%2Fa%20b.lbi/targets",
  );
});
