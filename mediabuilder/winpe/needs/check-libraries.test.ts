import { expect, test } from "vitest";
import { importingProgram } from "#test/fixtures/windows/importing-program.ts";
import { checkLibraries, type LibraryFolder, missingText } from "./check-libraries.ts";

/** A System32 by the names of its files, in whatever case. */
function folder(files: Readonly<Record<string, Uint8Array>>): LibraryFolder & { readonly asked: string[][] } {
  const byName = new Map(Object.entries(files).map(([name, content]) => [name.toLowerCase(), content]));
  const asked: string[][] = [];
  return {
    asked,
    has: (name) => byName.has(name.toLowerCase()),
    async read(names) {
      asked.push([...names]);
      return new Map(names.map((name) => [name, byName.get(name.toLowerCase()) as Uint8Array]));
    },
  };
}
const needs = (...libraries: string[]) => importingProgram({ libraries });
const schema = (...names: string[]) =>
  importingProgram({ libraries: [], content: Buffer.from(names.join("\0"), "utf16le") });

test("what is needed is followed to its end, once, and whatever the case of its name", async () => {
  const system = folder({
    "kernel32.dll": needs("NTDLL.dll", "KernelBase.dll"),
    "KERNELBASE.DLL": needs("ntdll.dll"),
    "ntdll.dll": needs(),
  });
  const check = await checkLibraries("x.exe", needs("KERNEL32.dll", "ntdll.dll"), system);
  expect(check).toEqual({ found: ["KERNEL32.dll", "ntdll.dll", "KernelBase.dll"], missing: [], unknownApiSets: [] });
  expect(system.asked).toEqual([["KERNEL32.dll", "ntdll.dll"], ["KernelBase.dll"], []]);
});

test("what is missing, damaged, or for another machine is named with who needs it", async () => {
  const system = folder({
    "a.dll": needs("gone.dll"),
    "broken.dll": Buffer.from("no program"),
    "arm.dll": importingProgram({ libraries: [], architecture: "arm64" }),
  });
  const check = await checkLibraries("x.exe", needs("a.dll", "broken.dll"), system, ["arm.dll"]);
  expect(missingText(check.missing)).toBe(
    "broken.dll (needed by x.exe) is no program, arm.dll (needed by x.exe) is for another machine, gone.dll (needed by a.dll) is not there",
  );
});

test("delay-loaded libraries are needed of the program, and not of the system's own", async () => {
  const late = (...delayed: string[]) => importingProgram({ libraries: [], delayed });
  const check = await checkLibraries("x.exe", late("a.dll", "b.dll"), folder({ "a.dll": late("never.dll") }));
  expect(check.missing.map(({ name }) => name)).toEqual(["b.dll"]);
});

test("libraries that need one another come to an end", async () => {
  const check = await checkLibraries(
    "x.exe",
    needs("a.dll"),
    folder({ "a.dll": needs("b.dll"), "b.dll": needs("a.dll") }),
  );
  expect(check.found).toEqual(["a.dll", "b.dll"]);
});

test("API sets are looked for in the schema, by all but their last number", async () => {
  const sets = ["api-ms-win-core-synch-l1-2-0.dll", "api-ms-win-core-new-l9-1-0.dll", "ext-ms-win-x-l1-1-0.dll"];
  const ten = folder({ "apisetschema.dll": schema("api-ms-win-core-synch-l1-2-1", "ext-ms-win-x-l1-1-2") });
  expect((await checkLibraries("x.exe", needs(...sets), ten)).unknownApiSets).toEqual([sets[1]]);
  const eight = folder({
    "apisetschema.dll": schema("ms-win-core-synch-l1-2-0", "ms-win-core-new-l9-1-0", "ms-win-x-l1-1-0"),
  });
  expect((await checkLibraries("x.exe", needs(...sets), eight)).unknownApiSets).toEqual([]);
  const seven = await checkLibraries("x.exe", needs(...sets), folder({}));
  expect(seven.missing.map(({ name }) => name)).toEqual(["apisetschema.dll"]);
});
