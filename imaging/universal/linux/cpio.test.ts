import { expect, test } from "vitest";
import { CpioReader } from "#imaging/universal/linux/cpio.ts";
import { archive } from "#test/doubles/cpio-archive.ts";

/** All names, read in pieces of so many bytes. */
function namesOf(bytes: Uint8Array, step: number) {
  const reader = new CpioReader();
  const names: string[] = [];
  for (let at = 0; at < bytes.length; at += step)
    names.push(...reader.push(bytes.subarray(at, at + step)).map(({ name }) => name));
  return { names, reader };
}

const FILES = { kernel: "", "kernel/x86/microcode.bin": "abc", "init ü": "12345678", empty: "" };
const SOUND = Buffer.concat([archive(FILES), Buffer.alloc(512), archive({ second: "x" }), Buffer.alloc(4)]);

test.each([1, 3, 7, 110, 4096, 1 << 20])("archives behind each other, in pieces of %i bytes", (step) => {
  const { names, reader } = namesOf(SOUND, step);
  const [first, second, third, fourth] = Object.keys(FILES);
  expect(names.map((name) => Buffer.from(name, "latin1").toString())).toEqual([first, second, third, fourth, "second"]);
  expect(reader).toMatchObject({ consumed: SOUND.length, isWhole: true, isForeign: false });
});

test.each([1, 110, 1 << 20])("something else behind an archive, in pieces of %i bytes", (step) => {
  const { reader } = namesOf(Buffer.concat([SOUND, Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0])]), step);
  expect(reader).toMatchObject({ consumed: SOUND.length, isWhole: true, isForeign: true });
});

test("damage and an early end are noticed", () => {
  const damaged = Buffer.from(archive(FILES));
  damaged.write("zz", 200, "latin1"); // in the second header, or its name
  damaged.write("9", 124, "latin1");
  expect(namesOf(damaged, 64).reader).toMatchObject({ isWhole: false, isForeign: true });
  const short = archive(FILES).subarray(0, 300);
  expect(namesOf(short, 64).reader).toMatchObject({ isWhole: false, isForeign: false });
  const longName = Buffer.from(archive(FILES));
  longName.write("7fffffff", 94, "latin1");
  expect(namesOf(longName, 64)).toMatchObject({ names: [], reader: { isWhole: false, isForeign: true } });
});

test("a content of nearly 4 GiB is passed by, not believed to be short", () => {
  const huge = Buffer.from(archive({ huge: "" }));
  huge.write("fffffffe", 54, "latin1");
  const { names, reader } = namesOf(huge, 4096);
  expect(names).toEqual(["huge"]);
  expect(reader.isForeign).toBe(false);
});

test.each([1, 3, 110, 1 << 20])("the content of a file that is wanted comes with it, in pieces of %i bytes", (step) => {
  const reader = new CpioReader(({ name }) => name !== "kernel/x86/microcode.bin");
  const found: Record<string, string | undefined> = {};
  for (let at = 0; at < SOUND.length; at += step)
    for (const { name, content } of reader.push(SOUND.subarray(at, at + step))) found[name] = content?.toString();
  expect(Object.values(found)).toEqual([undefined, undefined, "12345678", undefined, "x"]);
});
