import { expect, it } from "vitest";
import {
  api,
  eventsPath as contractEvents,
  mediaFilesPath as contractMedia,
  isEnough,
  ROLES,
} from "#pxe/console/contract.ts";
import { eventsPath, may, mediaFilesPath, type RouteName, routes } from "#ui/console/api/routes.ts";

it("repeats the contract's methods, paths and roles exactly", () => {
  const contract = Object.fromEntries(
    Object.entries(api).map(([name, { needs, method, path }]) => [name, { needs, method, path }]),
  );
  expect(routes).toEqual(contract);
  expect([eventsPath, mediaFilesPath]).toEqual([contractEvents, contractMedia]);
});

it("offers to each role what the server lets it do", () => {
  for (const name of Object.keys(api) as RouteName[])
    for (const role of [undefined, ...ROLES]) expect(may(role, name), name).toBe(isEnough(role, api[name].needs));
});
