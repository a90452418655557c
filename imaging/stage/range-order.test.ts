import { expect, test } from "vitest";
import { RangeOrder } from "#imaging/stage/range-order.ts";

/** Work that ends when it is told to, and the order in which it began. */
function workshop() {
  const order = new RangeOrder(4096);
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const start = (kind: "read" | "write", name: string, offset: number, length: number) => {
    const end = Promise.withResolvers<void>();
    ends.set(name, end);
    return order[kind](offset, length, () => {
      begun.push(name);
      return end.promise;
    });
  };
  const settle = () => new Promise((done) => setTimeout(done, 0));
  return {
    begun,
    start,
    settle,
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  };
}

test("what does not touch is done at once, also reads that do", async () => {
  const { begun, start, settle } = workshop();
  void start("write", "a", 0, 4096);
  void start("write", "b", 4096, 4096);
  void start("read", "c", 8192, 100);
  void start("read", "d", 8200, 100);
  await settle();
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

test("what touches a write waits for it, in the order of arrival", async () => {
  const { begun, start, settle, end } = workshop();
  void start("write", "a", 0, 100);
  void start("read", "b", 4000, 8);
  void start("write", "c", 200, 8);
  void start("read", "d", 4096, 8);
  await settle();
  expect(begun).toEqual(["a", "d"]);
  end("a");
  await settle();
  expect(begun).toEqual(["a", "d", "b"]);
  end("b");
  await settle();
  expect(begun).toEqual(["a", "d", "b", "c"]);
});

test("what fails lets the next one in", async () => {
  const { begun, start, settle, fail } = workshop();
  const failed = expect(start("write", "a", 0, 10)).rejects.toThrow("a");
  void start("write", "b", 5, 10);
  await settle();
  fail("a");
  await failed;
  await settle();
  expect(begun).toEqual(["a", "b"]);
});
