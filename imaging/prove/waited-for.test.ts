import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { waitedFor } from "#imaging/prove/waited-for.ts";

test("who shares a processor has waited for it, who sleeps has not", async () => {
  const spin = ["-c", "while :; do :; done"];
  const busy = Array.from({ length: 2 * availableParallelism() }, () => spawn("sh", spin));
  const idle = spawn("sleep", ["60"]);
  await sleep(2000);
  const waited = await Promise.all(busy.map(({ pid }) => waitedFor(pid as number)));
  const slept = await waitedFor(idle.pid as number);
  for (const child of [...busy, idle]) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(waited.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(1);
  expect(slept).toBeLessThan(0.5);
});

test("of a process that is gone nothing is known", async () => {
  expect(await waitedFor(2 ** 22 + 1)).toBe(0);
});
