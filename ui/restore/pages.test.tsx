// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, expect, it, vi } from "vitest";
import type { Verdict } from "#rescue/api/contract.ts";
import { describeProblem, speak } from "#ui/i18n/index.ts";
import { ErrorBoundary } from "#ui/parts/error-boundary.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { ProgressNumbers, ProgressWarnings, steadyEstimate } from "#ui/parts/progress.tsx";
import { Question } from "#ui/parts/question.tsx";
import { Download, SaveLog } from "#ui/parts/save-log.tsx";
import { StepList } from "#ui/parts/steps.tsx";
import { VerdictView } from "#ui/restore/verdict-view.tsx";
import { ShellContext } from "#ui/shell/context.ts";
import type { Shell } from "#ui/shell/shell.ts";

afterEach(cleanup);

it("says what is missing instead of being dead, and goes on when it is there", async () => {
  const onNext = vi.fn();
  const question = (missing: string | undefined) => (
    <Question title="Which?" missing={missing} onNext={onNext}>
      <p>content</p>
    </Question>
  );
  const { rerender, container } = render(question("Choose one first."));
  const next = screen.getByRole("button", { name: "Next" });
  expect(next.getAttribute("aria-disabled")).toBe("true");
  fireEvent.click(next);
  expect(screen.getByRole("status").textContent).toBe("Choose one first.");
  expect(onNext).not.toHaveBeenCalled();
  rerender(question(undefined));
  fireEvent.click(next);
  expect(onNext).toHaveBeenCalledOnce();
  expect((await axe.run(container)).violations).toEqual([]);
});

it("starts each page at its heading", () => {
  render(
    <Question title="Which?" missing={undefined} onNext={() => {}}>
      <p>content</p>
    </Question>,
  );
  expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1 }));
  expect(document.title).toBe("Which? – Lifeboat");
});

it("shows a way on when a page breaks", () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const Broken = () => {
    throw new Error("seeded mistake");
  };
  render(
    <ErrorBoundary tools={<SaveLog />}>
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("This page has failed");
  expect(screen.getByText("seeded mistake")).toBeDefined();
  expect(screen.getByText("Code PAGE_FAILED")).toBeDefined();
  expect(screen.getByRole("button", { name: "Reload the page" })).toBeDefined();
});

it("gives code, what happened, what is safe and what comes next for each problem", () => {
  render(<ProblemAlert problem={{ code: "READ_FAILED", text: "broke", safe: "unhurt", next: "retry", details: {} }} />);
  const text = screen.getByRole("alert").textContent;
  for (const part of ["broke", "unhurt", "retry", "Code READ_FAILED"]) expect(text).toContain(part);
});

it.each([
  ["http://127.0.0.1:8480/", true, "Show log"],
  ["http://localhost:8480/", true, "Show log"],
  ["http://192.168.1.20:8480/", true, "Save log"],
  ["http://127.0.0.1:8480/", false, "Save log"],
])("at %s, rescue system %s: %s", (url, isRescue, label) => {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
  const system = signal({ value: { isRescue } });
  const { container } = render(
    <ShellContext.Provider value={{ system } as unknown as Shell}>
      <SaveLog />
      <Download href="/plan" name="plan.json">
        Save plan
      </Download>
    </ShellContext.Provider>,
  );
  expect(container.textContent).toBe(label === "Show log" ? label : `${label}Save plan`);
  expect(screen.queryByRole("link", { name: "Save log" }) !== null).toBe(label === "Save log");
});

it("marks the step that the user is at", () => {
  render(<StepList labels={["Image", "Target", "Layout", "Review", "Progress", "Result"]} here={3} />);
  const steps = screen.getAllByRole("listitem");
  expect(steps.map((step) => step.getAttribute("aria-current"))).toEqual([null, null, null, "step", null, null]);
});

it("does not let the time left rise by flicker", () => {
  expect(steadyEstimate(null, 725)).toBe(720);
  expect(steadyEstimate(720, 790)).toBe(720);
  expect(steadyEstimate(720, 1500)).toBe(1500);
  expect(steadyEstimate(720, 600)).toBe(600);
  expect(steadyEstimate(720, null)).toBe(null);
});

it("says no bytes and no speed of a phase that is not counted in bytes", () => {
  const pass = { number: 1, count: 1, doneBytes: 0, totalBytes: 0 };
  const times = { bytesPerSecond: 0, secondsLeft: null, elapsedSeconds: 42, warnings: [] };
  render(
    <ProgressNumbers progress={{ phase: "mend", pass, doneBytes: 0, totalBytes: 0, ...times }} estimates={false} />,
  );
  expect(screen.getAllByRole("term").map(({ textContent }) => textContent)).toEqual(["Elapsed"]);
});

it("says what to do next in plain words, and not as the command has it", () => {
  const findings = [
    { code: "A", severity: "change" as const, text: "It is A", next: "Let it be B", command: "Use --universal" },
    { code: "C", severity: "blocks" as const, text: "It is C", command: "Give its keys with --unlock" },
  ];
  const verdict: Verdict = { answer: "will-not-boot", machine: "pc", target: "sda", findings, systems: [] };
  const { container } = render(<VerdictView verdict={verdict} />);
  const rows = [...container.querySelectorAll("li")].map(({ textContent }) => textContent?.trim());
  expect(rows).toEqual(["It is A. Let it be B.", "It is C."]);
});

it("says warnings of a job in the language of the page, and marks as English what has no words", async () => {
  const pass = { number: 1, count: 1, doneBytes: 0, totalBytes: 0 };
  const times = { bytesPerSecond: 0, secondsLeft: null, elapsedSeconds: 42 };
  const damaged = { code: "CHUNK_DAMAGED", text: "partition 2 only holds others" };
  const said = { key: "cannot.only-holds", values: { number: 2 } };
  const warnings = [
    { ...damaged, said },
    { code: "TOLD_BY_TOOL", text: "from a tool" },
  ];
  await speak("de");
  render(
    <ProgressWarnings progress={{ phase: "mend", ...{ pass, doneBytes: 0, totalBytes: 0 }, ...times, warnings }} />,
  );
  expect(screen.getByText(/Partition 2 enthält nur andere/)).toBeDefined();
  expect(screen.getByText("from a tool").lang).toBe("en");
  await speak("en");
});

it("says a detail that is a sentence in the language of the page", async () => {
  const problem = { code: "EDIT_INVALID", text: "from the server", safe: "", next: "" };
  const details = { problem: "partition 2 only holds others" };
  const said = { problem: { key: "cannot.only-holds", values: { number: 2 } } };
  await speak("de");
  expect(describeProblem({ ...problem, details, said }).text).toBe(
    "Das ist nicht möglich: Partition 2 enthält nur andere",
  );
  expect(describeProblem({ ...problem, details }).text).toContain("partition 2 only holds others");
  await speak("en");
});
