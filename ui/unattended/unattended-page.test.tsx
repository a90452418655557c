// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import type { UnattendedState } from "#rescue/api/contract.ts";
import { ShellContext } from "#ui/shell/context.ts";
import type { Shell } from "#ui/shell/shell.ts";
import { UnattendedPage } from "#ui/unattended/unattended-page.tsx";

afterEach(cleanup);

function show(changes: Partial<UnattendedState>) {
  const steerUnattended = vi.fn(async () => {});
  const unattendedLeft = signal(false);
  const state: UnattendedState = {
    ...{
      phase: "countdown",
      title: { text: "Restore office.lbi onto First" },
      lines: [{ text: "All of First will be lost" }],
    },
    ...{ secondsLeft: 20, isHeld: false, afterwards: "stay", ...changes },
  };
  const { container } = render(
    <ShellContext value={{ steerUnattended, unattendedLeft } as unknown as Shell}>
      <UnattendedPage state={state} />
    </ShellContext>,
  );
  return { text: () => container.textContent ?? "", steerUnattended, unattendedLeft };
}

it("says in how many seconds what will be lost, and any key stops it", () => {
  const { text, steerUnattended } = show({});
  expect(text()).toContain("It begins in 20 seconds. Any key stops it.");
  expect(text()).toContain("All of First will be lost");
  fireEvent.keyDown(window, { key: "Tab" });
  expect(steerUnattended).not.toHaveBeenCalled();
  fireEvent.keyDown(window, { key: "a" });
  expect(steerUnattended).toHaveBeenCalledWith("stop");
});

it("waits, goes on and begins by buttons; Enter on one of them is no other key", () => {
  const { steerUnattended } = show({});
  const button = screen.getByRole("button", { name: "Wait" });
  fireEvent.keyDown(button, { key: "Enter" });
  expect(steerUnattended).not.toHaveBeenCalled();
  fireEvent.click(button);
  fireEvent.click(screen.getByRole("button", { name: "Begin now" }));
  expect(steerUnattended.mock.calls).toEqual([["hold"], ["begin"]]);
  cleanup();
  expect(show({ isHeld: true }).text()).toContain("Go on");
});

it("stops nothing by a key while it writes, and is left by hand when it is over", () => {
  const running = show({ phase: "running", lines: [{ text: "1 of 2: writing" }], secondsLeft: undefined });
  fireEvent.keyDown(window, { key: "a" });
  expect(running.steerUnattended).not.toHaveBeenCalled();
  cleanup();
  const done = show({ phase: "done", lines: [{ text: "Restored." }], secondsLeft: 9, afterwards: "restart" });
  expect(done.text()).toContain("The computer restarts in 9 seconds.");
  fireEvent.click(screen.getByRole("button", { name: "Stay on" }));
  expect(done.steerUnattended).toHaveBeenCalledWith("stop");
  fireEvent.click(screen.getByRole("button", { name: "Go on by hand" }));
  expect(done.unattendedLeft.value).toBe(true);
});
