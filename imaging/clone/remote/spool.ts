import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { namelessFile } from "#imaging/clone/nameless-file.ts";
import { writeError } from "#imaging/image/record-file.ts";

/** Where chunks that came over stand until the threads have taken them: a file without a name, which they open by its number. */
export class Spool implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly path: string;

  private constructor(file: FileHandle) {
    this.#file = file;
    this.path = `/proc/self/fd/${file.fd}`;
  }

  static async open(): Promise<Spool> {
    return new Spool(await namelessFile());
  }

  /** @throws SPACE_EXHAUSTED, WRITE_FAILED */
  async write(bytes: Uint8Array, offset: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; )
        done += (await this.#file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
    } catch (cause) {
      throw writeError(tmpdir(), offset, cause);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}
