import { type ChildProcess, spawn } from "node:child_process";
import { close, openSync, read, writevSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { LifeboatError } from "#base/errors.ts";
import { Answerer, MOST_READ } from "#imaging/explore/fuse/answer.ts";
import { MOST_WRITE } from "#imaging/explore/fuse/answer-write.ts";
import { type FileTree, isWritable } from "#imaging/explore/fuse/file-tree.ts";
import {
  type Answer,
  ERRNO,
  inHeader,
  outHeader,
  type Request,
  UNANSWERED,
  writeIn,
} from "#imaging/explore/fuse/protocol.ts";
import { errnoName, errnoReason } from "#imaging/system/errno.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

export const FUSE_DEVICE = "/dev/fuse";
/** As the mount table names it. */
export const FUSE_TYPE = "fuse.lifeboat";
/** No request of a read-only tree is longer; the kernel wants at least 8192, and room for a write that never comes. */
const REQUEST_ROOM = 64 << 10;
/** The longest request to a tree that can be written: the kernel gives none to a reader with less room. */
const WRITE_ROOM = inHeader.size + writeIn.size + MOST_WRITE;
/** Requests that are answered at once. Each waits in a thread of Node's pool, which has four. */
const LOOPS = 2;
/** Of all trees of this process: one thread is left to everything else, without which nothing would be answered or ended. */
const MOST_LOOPS = 3;
let loopsTaken = 0;

/** A tree of files that the kernel shows at a folder. */
export interface FuseServer {
  /** Settles when the folder was unmounted, by whomever; rejects when the kernel's side fails. */
  readonly ended: Promise<void>;
}

/** What answers the kernel's requests. Whatever it throws is EIO to who asked. */
export interface Answers {
  /** @param room for the bytes of a read; used again for the next request of the same loop */
  answer(request: Request, body: Uint8Array, room: Uint8Array): Promise<Answer>;
}

export interface ServeOptions {
  /**
   * Whoever has been given an open file of it may use that, whoever that is: the kernel asks nothing more of a user that
   * is not root. Nobody else can come by one, where the folder lies in one that only root may enter.
   */
  readonly others?: boolean;
}

const readDevice = promisify(read);
const closeDevice = promisify(close);

/**
 * Shows a tree at a folder, for root alone, until that is unmounted; read-only where no file of it can be written. Nothing of ours may look into it by
 * Node's own file calls: they wait in the threads that the answers need. Other programs may.
 * @param source what the mount table names as the source
 * @throws FUSE_UNAVAILABLE also when this process serves three trees already, TOOL_MISSING, EXPLORE_MOUNT_FAILED
 */
export async function serveTree(
  tree: FileTree,
  source: string,
  folder: string,
  { others = false }: ServeOptions = {},
): Promise<FuseServer> {
  return await serve(new Answerer(tree), source, folder, { writes: isWritable(tree), others, atOnce: false });
}

/**
 * Shows what is far away: each request is answered when its answer is there, and others meanwhile.
 * @throws FUSE_UNAVAILABLE, EXPLORE_MOUNT_FAILED, TOOL_MISSING
 */
export const serveAtOnce = (
  answers: Answers,
  source: string,
  folder: string,
  { readOnly }: { readonly readOnly: boolean },
): Promise<FuseServer> => serve(answers, source, folder, { writes: !readOnly, others: false, atOnce: true });

interface Served extends MountedFor {
  readonly atOnce: boolean;
}

async function serve(answers: Answers, source: string, folder: string, served: Served): Promise<FuseServer> {
  const count = takeLoops();
  const letGo = () => {
    loopsTaken--;
  };
  const device = await openMounted(source, folder, served).catch((error: unknown) => {
    loopsTaken -= count;
    throw error;
  });
  // Whoever answers at once has told the kernel of writes, whether this mount takes any or not.
  const room = served.writes || served.atOnce ? WRITE_ROOM : REQUEST_ROOM;
  const loops = Array.from({ length: count }, () => answerAll(device, answers, room, served.atOnce).finally(letGo));
  const ended = Promise.all(loops).then(() => closeDevice(device));
  ended.catch(() => {}); // whoever waits for it is told
  return { ended };
}

function takeLoops(): number {
  const count = Math.min(LOOPS, MOST_LOOPS - loopsTaken);
  if (count < 1) throw new LifeboatError("FUSE_UNAVAILABLE", { reason: "this process shows too many others already" });
  loopsTaken += count;
  return count;
}

interface MountedFor {
  readonly writes: boolean;
  readonly others: boolean;
}

async function openMounted(source: string, folder: string, mountedFor: MountedFor): Promise<number> {
  const device = await openDevice();
  try {
    await mountDevice(device, source, folder, mountedFor);
    return device;
  } catch (error) {
    await closeDevice(device);
    throw error;
  }
}

async function openDevice(): Promise<number> {
  try {
    return openSync(FUSE_DEVICE, "r+");
  } catch {
    // A kernel that has it as a module makes the device when that is loaded.
    await runTool("modprobe", ["fuse"], "show an image's files").catch(() => {});
  }
  try {
    return openSync(FUSE_DEVICE, "r+");
  } catch (cause) {
    throw new LifeboatError("FUSE_UNAVAILABLE", { reason: errnoReason(cause) }, { cause });
  }
}

/** mount(8) takes the device as its file 3. Not by runTool, which gives its tools no open files. */
async function mountDevice(device: number, source: string, folder: string, mountedFor: MountedFor): Promise<void> {
  const { writes, others } = mountedFor;
  const mode = `rootmode=${(0o040000).toString(8)}`;
  const access = [writes ? "rw" : "ro", "nodev", "nosuid", ...(others ? ["allow_other"] : [])];
  const options = ["fd=3", mode, "user_id=0", "group_id=0", ...access];
  const args = ["-i", "-t", FUSE_TYPE, "-o", options.join(","), source, folder];
  // By mount(2): with the newer calls util-linux 2.41 loses what stands behind "fuse.", and nobody finds the mount again.
  const env = { ...TOOL_ENVIRONMENT, LIBMOUNT_FORCE_MOUNT2: "always" };
  const child = spawn("mount", args, { stdio: ["ignore", "ignore", "pipe", device], env });
  const { status, output } = await endOf(child);
  if (status !== 0) throw new LifeboatError("EXPLORE_MOUNT_FAILED", { what: source, folder, reason: output });
}

async function endOf(child: ChildProcess): Promise<{ status: number; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; output: string }>();
  let output = "";
  child.stderr?.on("data", (data: Buffer) => {
    output += data.toString();
  });
  child.on("error", (cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === "ENOENT";
    reject(isMissing ? new LifeboatError("TOOL_MISSING", { tool: "mount", purpose: "show an image's files" }) : cause);
  });
  child.on("close", (status) => resolve({ status: status ?? -1, output: output.trim() }));
  return await promise;
}

/** One request after the other, until the folder is unmounted. @param bytes of the longest. @param atOnce do not wait for answers */
async function answerAll(device: number, answers: Answers, bytes: number, atOnce: boolean): Promise<void> {
  const request = Buffer.allocUnsafeSlow(bytes);
  const room = Buffer.allocUnsafeSlow(MOST_READ);
  for (;;) {
    const length = await nextRequest(device, request);
    if (length === undefined) return;
    const header = inHeader.parse(request.subarray(0, length));
    if (UNANSWERED.includes(header.opcode)) continue;
    const body = request.subarray(inHeader.size, length);
    const answered = answers.answer(header, atOnce ? Buffer.from(body) : body, room).then(
      (answer) => reply(device, header.unique, answer),
      () => reply(device, header.unique, ERRNO.EIO),
    );
    if (!atOnce) await answered;
  }
}

/** @returns its length; undefined when there will be none any more */
async function nextRequest(device: number, into: Buffer): Promise<number | undefined> {
  for (;;) {
    try {
      return (await readDevice(device, into, 0, into.length, null)).bytesRead;
    } catch (error) {
      const name = errnoName(error);
      if (name === "ENODEV") return undefined;
      // fuse(4): ENOENT for a request that was given up while it was read.
      if (name === "EPERM") await sleep(2);
      else if (name !== "ENOENT" && name !== "EINTR" && name !== "EAGAIN") throw error;
    }
  }
}

function reply(device: number, unique: number, answer: Uint8Array | number): void {
  const [error, bytes] = typeof answer === "number" ? [answer, new Uint8Array(0)] : [0, answer];
  const header = outHeader.serialise({ len: outHeader.size + bytes.length, error: -error >>> 0, unique });
  try {
    writevSync(device, [header, bytes]);
  } catch (error) {
    // Nobody waits for it any more: who asked was killed, or the folder is unmounted.
    if (!["ENOENT", "ENODEV", "EINTR"].includes(errnoName(error))) throw error;
  }
}
