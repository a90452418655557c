import { expect, it } from "vitest";
import { Idempotency } from "#base/http/idempotency.ts";

const request = { method: "POST", url: "/api/v1/x", body: { a: 1 } };

it("remembers a bounded number of replies, the newest", async () => {
  const memory = new Idempotency();
  let runs = 0;
  const answer = async () => ({ status: 200, body: ++runs });
  for (let i = 0; i < 600; i++) await memory.once(`key-${i}`, request, answer);
  await memory.once("key-599", request, answer);
  expect(runs).toBe(600);
  await memory.once("key-0", request, answer);
  expect(runs).toBe(601);
});

it("keeps nothing that is derived from a password", async () => {
  const memory = new Idempotency();
  const unlock = (password: string) => ({ ...request, body: { password, other: 1 } });
  const answer = async () => ({ status: 200, body: "first" });
  const first = await memory.once("k", unlock("hunter2"), answer);
  // Were the password a part of what is kept, another one could be told from it.
  expect(await memory.once("k", unlock("hunter3"), answer)).toBe(first);
  const another = { ...request, body: { password: "hunter2", other: 2 } };
  await expect(memory.once("k", another, answer)).rejects.toMatchObject({ code: "REQUEST_INVALID" });
});

it("repeats a refusal too", async () => {
  const memory = new Idempotency();
  const first = await memory.once("k", request, async () => ({ status: 409, body: "no" }));
  expect(await memory.once("k", request, async () => ({ status: 200, body: "yes" }))).toBe(first);
});
