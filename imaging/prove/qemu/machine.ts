import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { LifeboatError } from "#base/errors.ts";
import { qemuArguments } from "#imaging/prove/qemu/arguments.ts";
import type { RunFiles, VmOptions } from "#imaging/prove/qemu/options.ts";
import { type Picture, parsePpm } from "#imaging/prove/qemu/picture.ts";
import { type LaunchOptions, spawnQemu } from "#imaging/prove/qemu/qemu-process.ts";
import { Qmp } from "#imaging/prove/qemu/qmp.ts";

/** A virtual machine that runs. When it is disposed of, its process has ended. */
export interface Machine extends AsyncDisposable {
  readonly pid: number;
  readonly running: boolean;
  /** Resolves with "status 0" and the like when QEMU has ended. */
  readonly exited: Promise<string>;
  /** Bytes of the QEMU process, up to now. */
  readonly peakMemory: number;
  /** The guest's serial port. */
  readonly serialOutput: Readable;
  readonly serialInput: Writable;
  /** What QEMU itself has to say. */
  readonly messages: Readable;
  readonly qmp: Qmp;
  screen(): Promise<Picture>;
  /** Ends QEMU at once, as by pulling the plug, but with its disk files closed properly. */
  quit(): Promise<void>;
}

export interface MachineFiles extends RunFiles {
  /** QEMU and we can write to it. */
  readonly directory: string;
}

const QUIT_MS = 10_000;
/** What a shell and setpriv(1) say of a program that is not there. */
const MISSING_PROGRAM = /^sh: .*?(\S+): not found|^setpriv: failed to execute (\S+): No such file/m;

/**
 * Starts a virtual machine, and returns when its monitor answers.
 * @throws TOOL_MISSING; an Error with QEMU's own message when it refuses its arguments
 */
export async function startMachine(
  options: VmOptions,
  files: MachineFiles,
  launch: LaunchOptions = {},
): Promise<Machine> {
  await using made = new AsyncDisposableStack();
  const qemu = made.use(spawnQemu(qemuArguments(options, files), launch));
  const qmp = await Qmp.open(qemu.monitor).catch(async (cause: unknown) => {
    const how = await qemu.closed;
    const [, command, program] = MISSING_PROGRAM.exec(qemu.messages()) ?? [];
    const tool = command ?? program;
    if (tool) throw new LifeboatError("TOOL_MISSING", { tool, purpose: "run a virtual machine" }, { cause });
    throw new Error(`QEMU did not start (${how}): ${qemu.messages()}`, { cause });
  });
  const all = made.move();
  const quit = async (): Promise<void> => {
    if (!qemu.running) return;
    qmp.execute("quit").catch(() => {}); // the socket may close before the answer
    await Promise.race([qemu.closed, late(QUIT_MS)]);
  };
  return {
    pid: qemu.pid,
    get running() {
      return qemu.running;
    },
    exited: qemu.closed,
    get peakMemory() {
      return qemu.peakMemory;
    },
    ...{ serialOutput: qemu.stdout, serialInput: qemu.stdin, messages: qemu.stderr, qmp, quit },
    async screen() {
      const file = join(files.directory, "screen.ppm");
      await qmp.execute("screendump", { filename: file });
      const picture = parsePpm(await readFile(file));
      await rm(file);
      return picture;
    },
    async [Symbol.asyncDispose]() {
      await quit().catch(() => {}); // what does not quit is killed
      await all.disposeAsync();
    },
  };
}

function late(ms: number): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  setTimeout(() => reject(new Error(`QEMU did not end within ${ms} ms`)), ms).unref();
  return promise;
}
