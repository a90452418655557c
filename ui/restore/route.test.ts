import { expect, it } from "vitest";
import { formatRoute, parseRoute, stepsOf } from "#ui/restore/route.ts";

it("comes back from its own text", () => {
  const route = { step: "review", sourceId: "/mnt/a&b=c.lbi", targetId: "nvme-eui.0025#1" } as const;
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

it("is one of a clone, which has a disk in place of the image", () => {
  const route = { step: "layout", sourceId: "file:/a b", targetId: "nvme-1" } as const;
  expect(formatRoute(route, "clone")).toBe("#/clone/layout?disk=file%3A%2Fa+b&target=nvme-1");
  expect(parseRoute(formatRoute(route, "clone"), "clone")).toEqual(route);
  expect(parseRoute("#/clone/image?image=a&target=b", "clone").step).toBe("source");
  expect(parseRoute("#/clone/target?disk=a", "clone").step).toBe("target");
  expect(stepsOf("clone")).toEqual(["source", "target", "layout", "review", "progress", "result"]);
});

it.each([
  ["", "image"],
  ["#/restore/nonsense", "image"],
  ["#/restore/target", "image"],
  ["#/restore/review?image=a", "target"],
  ["#/restore/review?target=b", "image"],
  ["#/restore/layout?image=a&target=b", "layout"],
  ["#/restore/progress?image=a&target=b", "target"],
])("%s leads to %s", (hash, step) => {
  expect(parseRoute(hash).step).toBe(step);
});
