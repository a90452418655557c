import { expect, test } from "vitest";
import { runHook } from "#imaging/job/hook.ts";

const request = { when: "before", environment: { LIFEBOAT_DISK: "/dev/sdz" }, timeoutSeconds: 20 } as const;

test("a command gets what it is told of the job, and nothing of our own environment", async () => {
  process.env["LIFEBOAT_PASSWORD"] = "geheim";
  const run = await runHook({ ...request, command: 'echo "$LIFEBOAT_DISK"; echo "[$LIFEBOAT_PASSWORD]" >&2; exit 3' });
  delete process.env["LIFEBOAT_PASSWORD"];
  expect(run).toMatchObject({ when: "before", status: 3, timedOut: false });
  expect(run.output.split("\n").toSorted()).toEqual(["", "/dev/sdz", "[]"]);
});

test("one that does not end is ended, with all that it has started", async () => {
  const run = await runHook({ ...request, command: "sleep 1000 & echo begun; wait", timeoutSeconds: 0.5 });
  expect(run).toMatchObject({ status: -1, timedOut: true, output: "begun\n" });
});

test("of endless output the last is kept", async () => {
  const run = await runHook({ ...request, command: "head -c 300000 /dev/zero | tr '\\0' x; echo end" });
  expect([run.status, run.output.length, run.output.slice(-5)]).toEqual([0, 64 << 10, "xend\n"]);
});

test("a command that does not exist is a failed one", async () => {
  const run = await runHook({ ...request, command: "no-such-command-here" });
  expect(run.status).toBe(127);
  expect(run.output).toContain("no-such-command-here");
});
