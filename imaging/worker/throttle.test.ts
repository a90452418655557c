import { expect, test } from "vitest";
import { throttle } from "#imaging/worker/throttle.ts";

test("a thread that waits for its share of the rate hears that the pass is stopped", () => {
  const control = new Int32Array(new SharedArrayBuffer(8));
  const shared = { control, counters: new BigInt64Array(new SharedArrayBuffer(24)), bytesPerSecond: 10 };
  const began = performance.now();
  throttle(shared, 5);
  throttle(shared, 100);
  expect(performance.now() - began).toBeGreaterThan(400);
  control[1] = 1;
  throttle(shared, 1000);
  expect(performance.now() - began).toBeLessThan(5000);
});
