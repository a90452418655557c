import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { addKeyTo, type KeyTarget, removeKeyFrom, replaceKeyIn } from "#imaging/keys/change-keys.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { createKeyArea, keysOf, readKeyArea, sealCopy } from "#imaging/keys/key-area.ts";
import { createRecoveryKey } from "#imaging/keys/recovery-key.ts";
import { unlockImageKey } from "#imaging/keys/unlock-image.ts";

const IMAGE = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0";
const QUICK = { log2N: 10, r: 1, p: 1 };
const START = 4096;
const END = START + 8192;
const password = (text: string): Credential => ({ kind: "password", text });

class PowerCut extends Error {}

/** A file of which the power fails after `steps` writes and flushes: what was not flushed is torn at any sector. */
class FailingFile implements KeyTarget {
  readonly path = "x.lbi";
  readonly imageId = IMAGE;
  bytes: Uint8Array;
  steps = Number.POSITIVE_INFINITY;
  #pending: { readonly bytes: Uint8Array; readonly offset: number }[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  async read(into: Uint8Array, offset: number): Promise<void> {
    const now = this.bytes.slice();
    for (const write of this.#pending) now.set(write.bytes, write.offset);
    into.set(now.subarray(offset, offset + into.length));
  }

  async write(bytes: Uint8Array, offset: number): Promise<void> {
    expect([offset >= START, offset + bytes.length <= END]).toEqual([true, true]);
    this.#pending.push({ bytes: bytes.slice(), offset });
    this.#step();
  }

  async sync(): Promise<void> {
    for (const { bytes, offset } of this.#pending) this.bytes.set(bytes, offset);
    this.#pending = [];
    this.#step();
  }

  #step(): void {
    if (--this.steps > 0) return;
    for (const { bytes, offset } of this.#pending)
      for (let at = 0; at < bytes.length; at += 512)
        if (randomInt(2) === 0) this.bytes.set(bytes.subarray(at, at + 512), offset + at);
    this.#pending = [];
    throw new PowerCut();
  }
}

async function encryptedFile(...credentials: Credential[]): Promise<{ file: FailingFile; imageKey: Buffer }> {
  const { bytes, imageKey } = await createKeyArea(IMAGE, credentials, QUICK);
  const whole = new Uint8Array(END + 4096).fill(0x5a);
  whole.set(bytes, START);
  return { file: new FailingFile(whole), imageKey };
}

const opens = async (file: KeyTarget, text: string): Promise<Buffer> =>
  unlockImageKey(await readKeyArea(file, IMAGE), password(text));
const idsOf = async (file: KeyTarget) => keysOf(await readKeyArea(file, IMAGE)).map(({ slotId }) => slotId);

test("keys come, change and go; ids are never used again; nothing else is touched", async () => {
  const { file, imageKey } = await encryptedFile(password("a"));
  expect(await addKeyTo(file, password("a"), password("b"), { cost: QUICK })).toMatchObject({ slotId: 2 });
  const recovery = createRecoveryKey();
  const added = await addKeyTo(file, password("b"), { kind: "recovery", text: recovery }, { cost: QUICK });
  expect(added).toMatchObject({ slotId: 3, kind: "recovery", created: expect.stringMatching(/^20/) });
  await removeKeyFrom(file, password("a"), 3);
  expect(await addKeyTo(file, password("a"), password("c"), { cost: QUICK })).toMatchObject({ slotId: 4 });
  expect(await replaceKeyIn(file, password("a"), password("d"), { cost: QUICK })).toMatchObject({ slotId: 5 });
  expect(await idsOf(file)).toEqual([5, 2, 4]);
  for (const right of ["b", "c", "d"]) expect(await opens(file, right)).toEqual(imageKey);
  for (const gone of ["a", recovery])
    await expect(opens(file, gone)).rejects.toMatchObject({ code: "IMAGE_UNLOCK_FAILED" });
  expect(file.bytes.subarray(0, START).every((byte) => byte === 0x5a)).toBe(true);
  expect(file.bytes.subarray(END).every((byte) => byte === 0x5a)).toBe(true);
});

test("a forgotten password is replaced by whoever has the recovery key", async () => {
  const recovery = createRecoveryKey();
  const { file, imageKey } = await encryptedFile(password("forgotten"), { kind: "recovery", text: recovery });
  const existing: Credential = { kind: "recovery", text: recovery };
  await replaceKeyIn(file, existing, password("new"), { cost: QUICK, slotId: 1 });
  expect(await opens(file, "new")).toEqual(imageKey);
  expect(await idsOf(file)).toEqual([3, 2]);
  await expect(opens(file, "forgotten")).rejects.toMatchObject({ code: "IMAGE_UNLOCK_FAILED" });
});

test("the bytes of a removed or replaced slot are gone from both copies", async () => {
  const { file } = await encryptedFile(password("a"), password("b"), password("c"));
  const parts = [0, 1].map((slot) => {
    const at = START + 64 + slot * 256;
    return [file.bytes.slice(at + 24, at + 56), file.bytes.slice(at + 72, at + 104)];
  });
  await removeKeyFrom(file, password("c"), 1);
  await replaceKeyIn(file, password("b"), password("d"), { cost: QUICK });
  for (const part of parts.flat()) expect(Buffer.from(file.bytes).indexOf(part)).toBe(-1);
});

test("what would lock somebody out, or fit nowhere, is refused, and nothing is written", async () => {
  const { file } = await encryptedFile(password("a"), password("b"));
  const before = file.bytes.slice();
  const refusals: [() => Promise<unknown>, string][] = [
    [() => removeKeyFrom(file, password("a"), 1), "KEY_CHANGE_REFUSED"],
    [() => removeKeyFrom(file, password("x"), 1), "IMAGE_UNLOCK_FAILED"],
    [() => removeKeyFrom(file, password("a"), 7), "NOT_FOUND"],
    [() => addKeyTo(file, password("x"), password("y")), "IMAGE_UNLOCK_FAILED"],
    [() => addKeyTo(file, password("a"), password("b")), "KEY_CHANGE_REFUSED"],
    [() => addKeyTo(file, password("a"), password("")), "KEY_INVALID"],
    [() => addKeyTo(file, password("a"), { kind: "recovery", text: "0000" }), "KEY_INVALID"],
    [() => replaceKeyIn(file, password("a"), password("a")), "KEY_CHANGE_REFUSED"],
    [() => replaceKeyIn(file, password("a"), password("n"), { slotId: 9 }), "NOT_FOUND"],
  ];
  for (const [refusal, code] of refusals) await expect(refusal()).rejects.toMatchObject({ code });
  expect(file.bytes).toEqual(before);
  await removeKeyFrom(file, password("a"), 2);
  await expect(removeKeyFrom(file, password("a"), 1)).rejects.toThrow("the last key cannot be removed");
});

test("a sixteenth key is refused, a full table still takes a change", async () => {
  const { file, imageKey } = await encryptedFile(...Array.from({ length: 15 }, (_, i) => password(`p${i}`)));
  const more = addKeyTo(file, password("p3"), password("more"), { cost: QUICK });
  await expect(more).rejects.toThrow("all 15 slots are taken");
  await replaceKeyIn(file, password("p3"), password("more"), { cost: QUICK });
  expect(await opens(file, "more")).toEqual(imageKey);
});

test("a slot of a newer program survives a change, byte for byte", async () => {
  const { file } = await encryptedFile(password("a"), password("b"));
  const area = await readKeyArea(file, IMAGE);
  const foreign = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
  const copy = sealCopy({ ...area, slots: area.slots.with(1, foreign) });
  file.bytes.set(copy, START);
  file.bytes.set(copy, START + 4096);
  await addKeyTo(file, password("a"), password("c"), { cost: QUICK });
  expect(Buffer.from(file.bytes).indexOf(foreign)).toBe(START + 64 + 256);
  await expect(removeKeyFrom(file, password("a"), 1)).rejects.toThrow("opens slot 1 itself");
});

test("the power fails between any two steps of a change: old or new keys hold, never none, and the next change works", async () => {
  let cuts = 0;
  for (let round = 0; round < 12; round++)
    for (const damaged of [undefined, 0, 1])
      for (let steps = 1; steps <= 8; steps++) {
        const { file, imageKey } = await encryptedFile(password("stays"), password("goes"));
        if (damaged !== undefined) file.bytes.fill(0xee, START + damaged * 4096 + 100, START + damaged * 4096 + 700);
        file.steps = steps;
        const outcome = await replaceKeyIn(file, password("goes"), password("comes"), { cost: QUICK }).catch((e) => e);
        if (outcome instanceof PowerCut) cuts++;
        else if (outcome instanceof Error) throw outcome;
        file.steps = Number.POSITIVE_INFINITY;
        expect(await opens(file, "stays")).toEqual(imageKey);
        const either = await Promise.allSettled([opens(file, "goes"), opens(file, "comes")]);
        expect(either.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
        if (!(outcome instanceof PowerCut)) expect(either[0]?.status).toBe("rejected");
        await addKeyTo(file, password("stays"), password("later"), { cost: QUICK });
        expect(await opens(file, "later")).toEqual(imageKey);
        expect(
          Buffer.from(file.bytes.subarray(START, START + 4096)).equals(file.bytes.subarray(START + 4096, END)),
        ).toBe(true);
      }
  expect(cuts).toBeGreaterThan(140);
});
