import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Warning } from "#base/progress.ts";
import { endure } from "#imaging/job/endure.ts";

test("a job that waits says why by the key of its error", async () => {
  const full = new LifeboatError("SPACE_EXHAUSTED", { file: "/mnt/office.lbi" });
  let attempts = 0;
  async function* attempt(): AsyncGenerator<Warning | "begins", string, undefined> {
    yield "begins";
    if (attempts++ === 0) throw full;
    return "done";
  }
  const steps = endure(attempt, {
    ...{ waitMilliseconds: 300, signal: new AbortController().signal, checkpoint: () => 0 },
    ...{ isOver: async () => true, paused: (reason: Warning) => reason },
  });
  const seen = await Array.fromAsync(steps);
  const values = { file: "/mnt/office.lbi" };
  expect(seen[1]).toEqual({ code: full.code, text: full.text, said: { key: "error.SPACE_EXHAUSTED", values } });
});
