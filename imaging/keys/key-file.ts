import { type FileHandle, open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { HEADER_SIZE } from "#imaging/image/format.ts";
import { isEncrypted, parseHeader } from "#imaging/image/header.ts";
import type { KeyAreaSource } from "#imaging/keys/key-area.ts";
import { errnoReason } from "#imaging/system/errno.ts";
import { isOpen } from "#imaging/system/is-open.ts";

/** What a change of keys does to a file. The real one is an image; a test's breaks off between any two steps. */
export interface KeyStore extends KeyAreaSource {
  write(bytes: Uint8Array, offset: number): Promise<void>;
  /** Resolves when all that was written is on the disk. */
  sync(): Promise<void>;
}

export interface KeyFile extends KeyStore, AsyncDisposable {
  readonly imageId: string;
}

/**
 * Opens an encrypted image (the first volume of a split one) at its key area.
 * @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_UNSUPPORTED, IMAGE_DAMAGED; IMAGE_NOT_ENCRYPTED; JOB_BUSY when
 * it is opened for change while another program may write to it
 */
export async function openKeyFile(path: string, mode: "read" | "change"): Promise<KeyFile> {
  let handle: FileHandle;
  try {
    handle = await open(path, mode === "read" ? "r" : "r+");
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  }
  try {
    // Two changes at once would undo one another. Both sides look after they have opened, so at least one sees the other.
    if (mode === "change" && (await isOpen(path, { writes: true, except: process.pid })))
      throw new LifeboatError("JOB_BUSY", { device: path });
    const file = storeOf(handle, path);
    return { ...file, imageId: await readImageId(file), [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function storeOf(handle: FileHandle, path: string): KeyStore {
  return {
    path,
    async read(into, offset) {
      const reason = await handle.read(into, 0, into.length, offset).then(
        ({ bytesRead }) => (bytesRead === into.length ? undefined : "the file is cut off"),
        (error: Error) => error.message,
      );
      if (reason !== undefined)
        throw new LifeboatError("IMAGE_DAMAGED", { file: path, part: "its beginning", offset, problem: reason });
    },
    write: (bytes, offset) => orFail(path, offset, () => handle.write(bytes, 0, bytes.length, offset)),
    sync: () => orFail(path, 0, () => handle.sync()),
  };
}

async function orFail(device: string, offset: number, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    throw new LifeboatError("WRITE_FAILED", { device, offset, reason: errnoReason(cause) }, { cause });
  }
}

async function readImageId(file: KeyStore): Promise<string> {
  const page = new Uint8Array(HEADER_SIZE);
  await file.read(page, 0);
  const header = parseHeader(page, file.path);
  if (!isEncrypted(header)) throw new LifeboatError("IMAGE_NOT_ENCRYPTED", { file: file.path });
  return header.imageId;
}
