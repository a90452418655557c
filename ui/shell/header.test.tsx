// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import type { Job, Operation, Problem } from "#rescue/api/contract.ts";
import { dataDisk, emptyDisk, system } from "#test/ui/recorded.ts";
import { clonePlanFor, failed, jobFor, succeeded } from "#test/ui/recorded-job.ts";
import { endedOperation, runningOperation } from "#test/ui/recorded-wish.ts";
import type { Api } from "#ui/api/client.ts";
import { ShellContext } from "#ui/shell/context.ts";
import { Header } from "#ui/shell/header.tsx";
import { Shell } from "#ui/shell/shell.ts";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const cloning = jobFor(clonePlanFor(emptyDisk, dataDisk, { verifyTarget: true, salvage: false }));

const writeFailed: Problem = { code: "WRITE_FAILED", text: "", safe: "", next: "", details: {} };

/** The header over a server that has these jobs. */
async function open(jobs: readonly Job[], operations: Operation[] = [], hash = "#/home") {
  let address = hash;
  const acknowledged = new Set<string>();
  const replies: Record<string, () => unknown> = {
    ...{ system: () => system, jobs: () => jobs, images: () => [], disks: () => [], operation: () => operations[0] },
    ...{ operations: () => operations, powerState: () => ({ onBattery: false }) },
  };
  const api = { call: async (name: string) => replies[name]?.(), watchJob: () => () => {} } as unknown as Api;
  const setHash = (next: string) => {
    address = next;
  };
  const shell = new Shell({ api, hash: () => address, setHash, acknowledged });
  await shell.begin();
  render(
    <ShellContext value={shell}>
      <Header />
    </ShellContext>,
  );
  const go = (next: string) => {
    address = next;
    shell.followHash();
  };
  const says = async (text: string) => expect(await screen.findByText(text)).toBeDefined();
  const isSilent = () => vi.waitFor(() => expect(document.querySelector(".header__job")).toBeNull());
  return { shell, go, says, isSilent, acknowledged };
}

it("says that a job has ended until its page was opened, and not after it", async () => {
  const { go, says, isSilent, acknowledged, shell } = await open([succeeded(cloning)]);
  await says("The clone has ended");
  go("#/logs");
  await says("The clone has ended");
  go("#/clone");
  await isSilent();
  expect(acknowledged.size).toBe(0); // a reload finds the report again
  go("#/logs");
  await isSilent();
  expect(acknowledged).toEqual(new Set([cloning.id]));
  go("#/clone");
  expect(shell.clone.step.value).toBe("result");
});

it("goes on saying that a job failed until its page is left by a button", async () => {
  const { go, says, isSilent, shell } = await open([failed(cloning, writeFailed)]);
  go("#/clone");
  await isSilent();
  go("#/home");
  await says("The clone failed");
  go("#/clone");
  shell.clone.leaveResult("other");
  go("#/home");
  await isSilent();
});

it("says the same of a job that is no restore, and what runs before what has ended", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const operations = [runningOperation];
  const { go, says, isSilent, shell } = await open([failed(cloning, writeFailed)], operations);
  await says("At work");
  operations[0] = { ...endedOperation, id: runningOperation.id, state: "failed" };
  shell.clone.forgetEnded();
  await vi.advanceTimersByTimeAsync(2000);
  await says("The job failed");
  go(`#/operation/${runningOperation.id}`);
  await isSilent();
  go("#/home");
  await says("The job failed");
  shell.watch.leave("button");
  await isSilent();
});
