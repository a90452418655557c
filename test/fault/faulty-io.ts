import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("./faulty-io.c", import.meta.url));
const OUT = fileURLToPath(new URL("../../out/test/", import.meta.url));

/**
 * One line of words:
 *
 *     read|write PATH OFFSET LENGTH EFFECT [modifiers]    a byte range; `*` for any offset or up to the end
 *     fsync|open|name PATH EFFECT [modifiers]             fsync: fdatasync too; name: link, rename (to), unlink
 *     short read|write PATH BYTES [modifiers]             calls move no more than BYTES
 *     gone PATH ERRNO [modifiers]                         all of the above fail
 *
 * PATH is a part of the absolute path, without spaces. EFFECT is an errno name, or
 * `OK` (only the delay), `FLIP` (a bit of the first byte in the range is wrong, and nothing says so),
 * `KILL` (the process gets SIGKILL before the call), `TORN` (half is written, then SIGKILL).
 * Modifiers: `after N` (the first N calls pass), `every N` (each N-th of the others), `times N` (that often, then no
 * more), `delay MS`. A call counts when it begins in the range; each process counts for itself.
 */
export type FaultRule = string;

/** A fault that took effect. */
export interface Fault {
  /** Which rule, in the order given at that time. */
  readonly rule: number;
  readonly call: "read" | "write" | "fsync" | "open" | "name";
  /** -1 where the call has none. */
  readonly offset: number;
  readonly length: number;
  readonly path: string;
}

/** Faults for processes that are started with `env`. The rules may change while they run. */
export class FaultyIo implements Disposable {
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;
  #rules: readonly FaultRule[] = [];

  constructor(rules: readonly FaultRule[] = []) {
    this.#folder = mkdtempSync(join(tmpdir(), "lifeboat-faults-"));
    this.env = {
      LD_PRELOAD: library(),
      FAULTY_IO_RULES: join(this.#folder, "rules"),
      FAULTY_IO_LOG: join(this.#folder, "log"),
      // Calls through io_uring pass libc by.
      UV_USE_IO_URING: "0",
    };
    this.set(rules);
  }

  get rules(): readonly FaultRule[] {
    return this.#rules;
  }

  /** A rule that was there before, to the letter, keeps its counts. */
  set(rules: readonly FaultRule[]): void {
    this.#rules = rules;
    const file = join(this.#folder, "rules");
    // Renamed into place, so that no process reads half of it.
    writeFileSync(`${file}.new`, rules.map((rule) => `${rule}\n`).join(""));
    renameSync(`${file}.new`, file);
  }

  add(...rules: FaultRule[]): void {
    this.set([...this.#rules, ...rules]);
  }

  remove(...rules: FaultRule[]): void {
    this.set(this.#rules.filter((rule) => !rules.includes(rule)));
  }

  /** What took effect so far: a test of a fault must show that there was one. */
  faults(): Fault[] {
    const log = join(this.#folder, "log");
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    return lines.map((line) => {
      const [rule, call, offset, length, ...path] = line.split(" ");
      const numbers = { rule: Number(rule), offset: Number(offset), length: Number(length) };
      return { ...numbers, call: call as Fault["call"], path: path.join(" ") };
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The environment of a process whose file calls fail by `rules` from its start. */
export const faultyEnv = (rules: readonly FaultRule[] = []): FaultyIo => new FaultyIo(rules);

/** Compiles the library once for each state of its source. */
function library(): string {
  const version = createHash("sha256").update(readFileSync(SOURCE)).digest("hex").slice(0, 12);
  const path = join(OUT, `faulty-io-${version}.so`);
  if (existsSync(path)) return path;
  mkdirSync(OUT, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", unfinished, SOURCE, "-ldl", "-lpthread"]);
  renameSync(unfinished, path);
  return path;
}
