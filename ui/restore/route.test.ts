import { expect, it } from "vitest";
import { formatRoute, parseRoute } from "#ui/restore/route.ts";

it("comes back from its own text", () => {
  const route = { step: "review", imageId: "/mnt/a&b=c.lbi", targetId: "nvme-eui.0025#1" } as const;
  expect(parseRoute(formatRoute(route))).toEqual(route);
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
