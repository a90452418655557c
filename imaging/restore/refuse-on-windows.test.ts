import { expect, test } from "vitest";
import type { PlannedLayout } from "#imaging/layout/layout.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { refuseOnWindows } from "#imaging/restore/refuse-on-windows.ts";

const layout = (partition: object, more: object = {}) =>
  ({ partitions: [{ number: 2, change: "none", ...partition }], ...more }) as unknown as PlannedLayout;
const mend = {} as NonNullable<RestorePlan["mend"]>;

test("on Windows a plan that needs Linux' tools is refused by what it needs", () => {
  const refused = (plan: Parameters<typeof refuseOnWindows>[0]) => () => refuseOnWindows(plan, "win32");
  expect(refused({ layout: layout({ change: "grow" }) })).toThrow(/NEEDS_LINUX: making partition 2/);
  expect(refused({ layout: layout({ made: "esp" }) })).toThrow(/making partition 2/);
  expect(refused({ layout: layout({}, { identity: {} }) })).toThrow(/new identities/);
  expect(refused({ layout: undefined, mend })).toThrow(/starts the systems/);
  expect(refused({ layout: layout({}) })).not.toThrow();
  expect(refused({ layout: undefined })).not.toThrow();
});

test("elsewhere nothing is", () => {
  expect(() => refuseOnWindows({ layout: layout({ change: "grow" }), mend }, "linux")).not.toThrow();
});
