import { expect, it } from "vitest";
import { addressOf, type Route, routeOf, sectionOf } from "#ui/console/route.ts";

it.each<Route>([
  { page: "machines" },
  { page: "machine", id: "12" },
  { page: "machine", id: "a b/c" },
  { page: "deployment", name: "new" },
  { page: "deployment", name: "Lab 5/б%" },
  { page: "new", machines: [] },
  { page: "new", machines: [3, 12] },
  { page: "people" },
  { page: "account" },
])("$page comes back from its address", (route) => expect(routeOf(addressOf(route))).toEqual(route));

it.each(["", "#", "#/", "#/nothing", "#/machine", "#/constructor/1"])("%s is of the machines", (hash) =>
  expect(routeOf(hash)).toEqual({ page: "machines" }),
);

it("takes only numbers for machines", () =>
  expect(routeOf("#/deployments/new/3,x,0,-1,4")).toEqual({ page: "new", machines: [3, 4] }));

it("keeps an address that is no text of percent signs as it is", () =>
  expect(routeOf("#/deployment/50%")).toEqual({ page: "deployment", name: "50%" }));

it("marks the part that a page belongs to", () =>
  expect([{ page: "machine", id: "1" } as const, { page: "new", machines: [] } as const].map(sectionOf)).toEqual([
    "machines",
    "deployments",
  ]));
