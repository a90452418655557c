import { MACHINE_X64, readPeImports } from "./pe-imports.ts";

/** Where a Windows has its libraries, as far as this check asks. Names have no case. */
export interface LibraryFolder {
  has(name: string): boolean;
  /** Contents of those that are there, by the names that were asked for. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

export interface LibraryCheck {
  /** Files that were found whole, in the order in which they were needed. */
  readonly found: readonly string[];
  readonly missing: readonly MissingLibrary[];
  /** API sets that the Windows does not seem to know: node.exe may not start. */
  readonly unknownApiSets: readonly string[];
}

export interface MissingLibrary {
  readonly name: string;
  readonly neededBy: string;
  readonly problem: "not there" | "no program" | "for another machine";
}

/** A name that stands for functions; which file has them, the schema of the Windows says ("Windows API sets"). */
const API_SET = /^(?:api|ext)-ms-/i;
const SCHEMA = "apisetschema.dll";
/** A whole System32 has some three thousand; what node.exe needs are some sixty. */
const MOST_LIBRARIES = 1000;

/**
 * Whether a Windows has what a program asks its loader for: the libraries that it names, and those that they need to be loaded.
 * What they would load later, when it is called, is not looked at: Windows PE leaves out much of that on purpose.
 * @param name of the program, for the report
 * @param later libraries that the program itself is known to load when it runs
 */
export async function checkLibraries(
  name: string,
  program: Uint8Array,
  folder: LibraryFolder,
  later: readonly string[] = [],
): Promise<LibraryCheck> {
  const missing: MissingLibrary[] = [];
  const found: string[] = [];
  const apiSets = new Map<string, string>();
  const seen = new Set<string>();
  const named = (readPeImports(program)?.imports ?? []).map(({ library }) => library);
  let ahead = [...named, ...later].map((library) => ({ library, neededBy: name }));
  while (ahead.length > 0 && seen.size < MOST_LIBRARIES) {
    const fresh = ahead.filter(({ library }) => isNew(seen, library));
    for (const { library, neededBy } of fresh) if (API_SET.test(library)) apiSets.set(library, neededBy);
    const files = fresh.filter(({ library }) => !API_SET.test(library));
    const contents = await folder.read(files.map(({ library }) => library).filter((library) => folder.has(library)));
    ahead = [];
    for (const { library, neededBy } of files) {
      const content = contents.get(library);
      const read = content && readPeImports(content);
      const problem = !content ? "not there" : !read ? "no program" : undefined;
      if (problem) missing.push({ name: library, neededBy, problem });
      else if (read?.machine !== MACHINE_X64) missing.push({ name: library, neededBy, problem: "for another machine" });
      else {
        found.push(library);
        for (const { library: name, isDelayed } of read.imports)
          if (!isDelayed) ahead.push({ library: name, neededBy: library });
      }
    }
  }
  const [first] = apiSets;
  if (first && !folder.has(SCHEMA)) missing.push({ name: SCHEMA, neededBy: first[1], problem: "not there" });
  return { found, missing, unknownApiSets: await unknownSets([...apiSets.keys()], folder) };
}

function isNew(seen: Set<string>, library: string): boolean {
  const low = library.toLowerCase();
  if (seen.has(low)) return false;
  seen.add(low);
  return true;
}

/**
 * The schema holds the names of all sets in UTF-16, in Windows 8 without "api-"; the loader takes a set of another last number
 * for the same. This looks for the name only, not for what the schema makes of it.
 */
async function unknownSets(names: readonly string[], folder: LibraryFolder): Promise<string[]> {
  if (names.length === 0 || !folder.has(SCHEMA)) return [];
  const schema = Buffer.from((await folder.read([SCHEMA])).get(SCHEMA) ?? []);
  return names.filter((name) => {
    const stem = name
      .toLowerCase()
      .replace(/^(?:api|ext)-/, "")
      .replace(/\d+\.dll$/, "");
    return !schema.includes(Buffer.from(stem, "utf16le")) && !folder.has(name);
  });
}

/** "dbgcore.dll (needed by dbghelp.dll): not there". */
export const missingText = (missing: readonly MissingLibrary[]): string =>
  missing.map(({ name, neededBy, problem }) => `${name} (needed by ${neededBy}) is ${problem}`).join(", ");
