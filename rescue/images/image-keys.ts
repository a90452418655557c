import { LifeboatError } from "#base/errors.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { imageKeyOf } from "#imaging/keys/image-key.ts";
import { keyFileOf } from "#imaging/repository/key-file-of.ts";

/** What opens images: the engine, or a double of it. */
export interface ImageLock {
  /** The image's own id, as its header says it without a key. @throws what readHeader throws */
  readImageId(path: string): Promise<string>;
  /** Costs a scrypt or more. @throws IMAGE_UNLOCK_FAILED, KEY_INVALID, IMAGE_UNSUPPORTED */
  imageKeyOf(path: string, credential: { readonly kind: "password"; readonly text: string }): Promise<Uint8Array>;
}

export const engineLock: ImageLock = {
  // The images of a repository have one key.
  readImageId: async (path) => (await readHeader(await keyFileOf(path))).imageId,
  imageKeyOf: async (path, credential) => imageKeyOf(await keyFileOf(path), credential),
};

/**
 * The keys of the images that were unlocked, by the image's own id: a stick that was pulled and plugged in again needs
 * no second password. They are in this memory only, and gone with the server.
 */
export class ImageKeys {
  readonly #lock: ImageLock;
  readonly #keys = new Map<string, Uint8Array>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(lock: ImageLock = engineLock) {
    this.#lock = lock;
  }

  /** What opens an encrypted image, for the engine. @throws IMAGE_LOCKED when nobody has unlocked it */
  readonly unlock = async (path: string): Promise<Uint8Array> => {
    const key = this.#keys.get(await this.#lock.readImageId(path));
    if (!key) throw new LifeboatError("IMAGE_LOCKED", { file: path });
    return key;
  };

  /**
   * Keeps the key that a password or a recovery key gives. One try at a time, as each takes its memory and its time.
   * @throws IMAGE_UNLOCK_FAILED, KEY_INVALID, IMAGE_UNSUPPORTED, and what reading the header throws
   */
  async learn(path: string, password: string): Promise<void> {
    const attempt = this.#turn.then(async () => {
      const id = await this.#lock.readImageId(path);
      this.#keys.set(id, await this.#lock.imageKeyOf(path, { kind: "password", text: password }));
    });
    this.#turn = attempt.catch(() => {});
    await attempt;
  }

  /** At the end of the server. */
  forget(): void {
    for (const key of this.#keys.values()) key.fill(0);
    this.#keys.clear();
  }
}
