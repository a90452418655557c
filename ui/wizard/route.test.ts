import { expect, it } from "vitest";
import { formatRoute, parseRoute } from "#ui/wizard/route.ts";

it("comes back from its own text", () => {
  const route = { step: "review", imageId: "/mnt/a&b=c.lbi", targetId: "nvme-eui.0025#1" } as const;
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

it.each([
  ["", "image"],
  ["#/nonsense", "image"],
  ["#/target", "image"],
  ["#/review?image=a", "target"],
  ["#/review?target=b", "image"],
  ["#/progress?image=a&target=b", "target"],
])("%s leads to %s", (hash, step) => {
  expect(parseRoute(hash).step).toBe(step);
});
