import { expect, test } from "vitest";
import { RoomForecast } from "#imaging/capture/room-forecast.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what is left needs what it will be compressed to, as what is done was", async () => {
  const forecast = new RoomForecast({ free: async () => 5000, now: () => 0 }, 100_000);
  expect(forecast.after(10_000, 4000)).toBeUndefined(); // nobody has looked yet
  await settled();
  expect(forecast.after(0, 500)).toBeUndefined();
  expect(forecast.after(10_000, 4000)).toEqual({ needed: 36_000, free: 5000 });
  expect(forecast.after(100_000, 4000)).toEqual({ needed: 0, free: 5000 });
});

test("it looks once a second, one look at a time, and a place that does not answer stops nobody", async () => {
  let now = 0;
  let looks = 0;
  const answers = [Promise.withResolvers<number>(), Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const free = () => (answers[looks++] as PromiseWithResolvers<number>).promise;
  const forecast = new RoomForecast({ free, now: () => now }, 1000);
  for (now of [0, 5000, 9000]) forecast.after(100, 100);
  expect(looks).toBe(1);
  answers[0]?.resolve(70);
  await settled();
  for (now of [9500, 9999]) expect(forecast.after(100, 100)).toEqual({ needed: 900, free: 70 });
  expect(looks).toBe(1);
  now = 10_000;
  forecast.after(100, 100);
  expect(looks).toBe(2);
  answers[1]?.reject(new Error("gone"));
  await settled();
  expect(forecast.after(100, 100)).toBeUndefined();
});
