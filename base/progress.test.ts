import { expect, test } from "vitest";
import { ProgressMeter } from "#base/progress.ts";

const MIB = 1 << 20;

function meterAt() {
  const clock = { now: 100 };
  const phases = [
    { phase: "write" as const, bytes: 100 * MIB },
    { phase: "verify" as const, bytes: 50 * MIB, beginsPass: true },
  ];
  return { clock, meter: new ProgressMeter(phases, () => clock.now) };
}

test("a snapshot counts over all phases", () => {
  const { meter } = meterAt();
  expect(meter.enter("write")).toMatchObject({ phase: "write", doneBytes: 0 });
  expect(meter.at(40 * MIB)).toMatchObject({ doneBytes: 40 * MIB, totalBytes: 150 * MIB });
  expect(meter.enter("verify")).toMatchObject({ phase: "verify", doneBytes: 100 * MIB });
  expect(meter.at(50 * MIB)).toMatchObject({ doneBytes: 150 * MIB, secondsLeft: 0 });
});

test("a pass counts its own bytes, over the small phases in it", () => {
  const meter = new ProgressMeter([
    { phase: "clear", bytes: 0 },
    { phase: "write", bytes: 90 * MIB },
    { phase: "boot-areas", bytes: 10 * MIB },
    { phase: "verify", bytes: 100 * MIB, beginsPass: true },
    { phase: "table", bytes: MIB },
  ]);
  expect(meter.enter("clear").pass).toEqual({ number: 1, count: 2, doneBytes: 0, totalBytes: 100 * MIB });
  meter.enter("boot-areas");
  expect(meter.at(MIB).pass).toMatchObject({ number: 1, doneBytes: 91 * MIB });
  meter.enter("verify");
  const half = meter.at(50 * MIB);
  expect(half.pass).toEqual({ number: 2, count: 2, doneBytes: 50 * MIB, totalBytes: 101 * MIB });
  expect([half.doneBytes, half.totalBytes]).toEqual([150 * MIB, 201 * MIB]);
  expect(meter.enter("table").pass).toMatchObject({ number: 2, doneBytes: 100 * MIB });
});

test("the rate is that of the last five seconds, and time left comes when enough was seen", () => {
  const { clock, meter } = meterAt();
  meter.enter("write");
  let last = meter.at(0);
  for (let second = 1; second <= 12; second++) {
    clock.now++;
    // Ten MiB a second, then five.
    last = meter.at((second <= 6 ? second * 10 : 60 + (second - 6) * 5) * MIB);
    if (second < 5) expect(last.secondsLeft).toBeNull();
    if (second === 5) expect([last.bytesPerSecond, last.secondsLeft]).toEqual([10 * MIB, 10]);
  }
  expect(last.bytesPerSecond).toBe(5 * MIB);
  expect(last.elapsedSeconds).toBe(12);
  expect(last.secondsLeft).toBeGreaterThan(6);
  expect(last.secondsLeft).toBeLessThan(12);
});

test("a disk that stalls makes neither an endless nor a broken forecast", () => {
  const { clock, meter } = meterAt();
  meter.enter("write");
  for (let second = 1; second <= 60; second++) {
    clock.now++;
    const { secondsLeft } = meter.at(Math.min(second, 6) * 10 * MIB);
    if (secondsLeft !== null) expect(Number.isFinite(secondsLeft)).toBe(true);
  }
  expect(meter.at(60 * MIB).bytesPerSecond).toBe(0);
});

test("a wait counts neither for the rate nor for the time left", () => {
  const { clock, meter } = meterAt();
  meter.enter("write");
  for (let second = 1; second <= 6; second++) {
    clock.now++;
    meter.at(second * 10 * MIB);
  }
  const reason = { code: "FULL", text: "it is full" };
  for (let second = 0; second < 60; second++) {
    clock.now++;
    expect(meter.pausedBy(reason)).toMatchObject({ paused: reason, bytesPerSecond: 0, secondsLeft: null });
  }
  meter.enter("write");
  for (let second = 1; second <= 5; second++) {
    const { secondsLeft } = meter.at((50 + second * 2) * MIB);
    expect(secondsLeft).toBeNull();
    clock.now++;
  }
  const { bytesPerSecond, secondsLeft } = meter.at(62 * MIB);
  expect(secondsLeft).toBeCloseTo((88 * MIB) / bytesPerSecond);
});

test("a forecast of room is shown until the next phase, and while the job waits", () => {
  const { meter } = meterAt();
  meter.enter("write");
  meter.space = { needed: 8, free: 4 };
  expect(meter.at(1).space).toEqual({ needed: 8, free: 4 });
  expect(meter.pausedBy({ code: "FULL", text: "it is full" }).space).toEqual({ needed: 8, free: 4 });
  expect(meter.enter("verify").space).toBeUndefined();
});

test("warnings are in every later snapshot, and a snapshot does not change afterwards", () => {
  const { meter } = meterAt();
  const before = meter.enter("write");
  meter.warn("SOME", "of interest");
  expect(before.warnings).toEqual([]);
  expect(meter.at(1).warnings).toEqual([{ code: "SOME", text: "of interest" }]);
});

test("a medium that is no good at all does not fill the memory with warnings", () => {
  const { meter } = meterAt();
  meter.enter("write");
  for (let chunk = 0; chunk < 2000; chunk++) meter.warn("CHUNK_DAMAGED", `chunk ${chunk}`);
  const { warnings } = meter.at(1);
  expect([warnings.length, warnings[0]?.text]).toEqual([1000, "chunk 0"]);
});

test("a phase that was not announced is a fault", () => {
  const meter = new ProgressMeter<string>([{ phase: "write", bytes: 1 }]);
  expect(() => meter.enter("verify")).toThrow("verify was not announced");
});
