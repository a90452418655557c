import { expect, test } from "vitest";
import { UnattendedPlan } from "#base/medium/unattended-plan.ts";
import { planArguments } from "#rescue/unattended/restore-arguments.ts";

test("all that a person could choose is in the template", () => {
  const options = { layout: "shrink", identity: "new", hostname: "pc-7", verify: false, delta: true };
  const { restore } = UnattendedPlan.parse({ restore: { image: "office.lbi", to: "only", ...options } });
  const wanted = "restore x --to d --dry-run --json --layout shrink --identity new --hostname pc-7 --no-verify --delta";
  expect(planArguments(restore, "x", "d").join(" ")).toBe(wanted);
});

test.each([
  [{ restore: { image: "office.iso", to: "only" } }, "restore.image"],
  [{ restore: { image: "a.lbi", to: "any" } }, "restore.to"],
  [{ restore: { image: "a.lbi", to: "only", hostname: "pc" } }, "restore.hostname"],
  [{ restore: { image: "a.lbi", to: "only", identity: "new", hostname: "a b" } }, "restore.hostname"],
  [{ restore: { image: "a.lbi", to: "only" }, later: "restart" }, ""],
])("a template that cannot be meant is refused: %j", (wrong, path) => {
  const found = UnattendedPlan.safeParse(wrong);
  expect(found.error?.issues[0]?.path.join(".")).toBe(path);
});
