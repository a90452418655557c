import { describe, expect, test } from "vitest";
import { bestCheckingPeer, compare, counterpart, goals, timesTheLimit } from "./evaluate.ts";
import type { SubjectResult } from "./result.ts";
import { run, sampleResult, side } from "./sample-result.ts";
import { median, pairedRatio } from "./statistics.ts";

describe("statistics", () => {
  test.each([
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 2, 100], 3],
  ])("the median of %j is %d", (values, middle) => expect(median(values)).toBe(middle));

  test("one disturbed round does not move the ratio", () => {
    expect(pairedRatio([1, 50, 1], [2, 100, 2])).toBe(0.5);
    expect(pairedRatio([1, 90, 1], [2, 2, 2])).toBe(0.5);
  });

  test("rounds of one side only are a mistake", () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError);
  });
});

describe("the best peer that checks what it stores", () => {
  const runs = (cpu: number) => ({ capture: [run(1, cpu)] });
  const peers = [side("a", "pieces", runs(40)), side("b", "pieces", runs(30)), side("c", "stream", runs(20))];
  const unchecked = side("d", "none", runs(1));

  test("has the least CPU time of those with a checksum of each piece", () => {
    expect(bestCheckingPeer([...peers, unchecked], "capture")?.name).toBe("b");
  });
  test("may have a checksum of the stream when that is asked", () => {
    expect(bestCheckingPeer([...peers, unchecked], "capture", "stream")?.name).toBe("c");
  });
  test("is nobody when none checks, or none does this", () => {
    expect(bestCheckingPeer([unchecked], "capture")).toBeUndefined();
    expect(bestCheckingPeer(peers, "verify")).toBeUndefined();
  });
});

const [whole, ext4] = sampleResult().subjects as [SubjectResult, SubjectResult];

test("every operation is compared with what a peer has to set against it", () => {
  const found = compare(whole).map(({ operation, peer, wall, cpu }) => [operation, peer, wall, cpu]);
  expect(found).toEqual([
    ["capture", "partclone | zstd", 0.5, 0.525],
    ["capture", "dd | zstd", 0.4, 0.7],
    ["capture", "qemu-img", 12 / 9, 2.1],
    ["capture, verified", "partclone | zstd", 15 / 44, 25 / 60],
    ["restore", "partclone | zstd", 0.25, 0.4],
    ["restore", "dd | zstd", 1.2, 8 / 9],
    ["restore", "qemu-img", 1.2, 8 / 6],
    ["restore, read back", "partclone | zstd", 8 / 24, 0.6],
    ["restore, read back", "dd | zstd", 1.6, 12 / 9],
    ["restore, read back", "qemu-img", 1.6, 2],
    ["verify", "partclone | zstd", 0.125, 0.2],
    ["verify, quick", "partclone | zstd", 0.05, 0.05],
  ]);
});

test("a capture and its verification add up, and memory is the larger of both", () => {
  const [peer] = whole.peers;
  const [first] = (peer && counterpart(peer, "capture, verified")) ?? [];
  expect(first).toEqual({ wallSeconds: 44, cpuSeconds: 60, rssMiB: 100, cachedMiB: 50 });
});

test("limits are seconds for the used bytes", () => {
  expect(timesTheLimit(whole)).toEqual({ capture: 1.2, verify: 1.25, quickVerify: 0.5 });
});

test("the goals name the peer that the results chose", () => {
  expect(goals(sampleResult()).map(({ what, ratio, met }) => [what, ratio, met])).toEqual([
    ["whole disk: capture, CPU of partclone | zstd", 0.525, true],
    ["whole disk: restore, wall of dd | zstd", 1.2, false],
    ["whole disk: restore, wall of partclone | zstd", 0.25, true],
    ["whole disk: verify, wall of partclone | zstd", 0.125, true],
    ["whole disk: verify, quick, wall of partclone | zstd", 0.05, true],
    ["whole disk: capture, wall of used bytes at zstd -3 of all cores", 1.2, true],
    ["whole disk: verify, wall of used bytes at SHA-256 of all cores", 1.25, true],
    ["whole disk: verify, quick, wall of used bytes at SHA-256 of all cores", 0.5, true],
    ["ext4 alone: capture, CPU of fsarchiver", 0.7, false],
  ]);
});

test("a goal whose peer did not run is left out", () => {
  const result = { ...sampleResult(), subjects: [{ ...ext4, peers: [] }] };
  expect(goals(result)).toEqual([]);
});
