// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import type { System } from "#rescue/api/contract.ts";
import { ShellContext } from "#ui/shell/context.ts";
import { OldMedium } from "#ui/shell/old-medium.tsx";
import type { Shell } from "#ui/shell/shell.ts";

afterEach(cleanup);

const shown = (medium: System["medium"]): string => {
  const shell = { system: signal({ value: { medium }, busy: false }) } as unknown as Shell;
  const { container } = render(
    <ShellContext value={shell}>
      <OldMedium />
    </ShellContext>,
  );
  return container.textContent ?? "";
};
const medium = { format: 1, id: "0123456789abcdef", version: "0.3.0", packagesAt: "2026-01-01T00:00:00.000Z" } as const;

it("says how old a medium is, once it is old", () => {
  expect(shown({ ...medium, days: 365, isOld: true })).toContain("365 days old");
  expect(screen.queryByRole("alert")).toBeNull(); // it is read in its turn, and interrupts nobody
});

it("says nothing of a young one, of one that tells nothing, and where the clock is wrong", () => {
  expect(shown({ ...medium, days: 3, isOld: false })).toBe("");
  expect(shown(undefined)).toBe("");
  expect(shown({ ...medium, isOld: true })).toBe("");
});
