/** What a list or a look at an object says of it. */
export interface StoredObject {
  readonly size: number;
  /** By the server's clock, in milliseconds since 1970. */
  readonly modified: number;
  /** Changes with the content. */
  readonly etag: string;
}

/** One level of names below a prefix. */
export interface Listing {
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** Names that others have below them. */
  readonly folders: ReadonlySet<string>;
}

/** An upload of an object in parts that was neither ended nor aborted: nobody sees it, and it takes room. */
export interface UnfinishedUpload {
  readonly key: string;
  readonly id: string;
  readonly begun: number;
}

/** What must be so for an object to be written: there is none (else EEXIST), or it has this content (else ESTALE). */
export type PutCondition = { readonly isNew: true } | { readonly etag: string };

/**
 * What is asked of S3-compatible object storage. What was written is there for everybody at once, in lists too; an object
 * appears whole or not at all. All throw StoreError.
 */
export interface ObjectStore {
  /** For people. */
  readonly name: string;
  /** @returns undefined when there is none */
  head(key: string): Promise<StoredObject | undefined>;
  /** @param prefix "" or what ends with a slash */
  list(prefix: string): Promise<Listing>;
  hasAny(prefix: string): Promise<boolean>;
  /** Never fewer bytes than asked for. @param etag refuse (ESTALE) another content than this */
  read(key: string, offset: number, length: number, etag?: string): Promise<Uint8Array>;
  /** A server that does not know conditions writes without. @returns its etag */
  put(key: string, bytes: Uint8Array, condition?: PutCondition): Promise<string>;
  copy(from: string, to: string, size: number): Promise<void>;
  /** Also when there is none. */
  remove(key: string): Promise<void>;
  /** @returns its id */
  beginUpload(key: string): Promise<string>;
  /** @param number from 1. @returns the part's etag */
  sendPart(key: string, upload: string, number: number, bytes: Uint8Array): Promise<string>;
  /** A part from what is stored under a key already: nothing is sent. @param range `end` is behind the last byte */
  copyPart(
    key: string,
    upload: string,
    number: number,
    range: { from: string; start: number; end: number },
  ): Promise<string>;
  /** @param etags of all parts, in order */
  endUpload(key: string, upload: string, etags: readonly string[]): Promise<void>;
  abortUpload(key: string, upload: string): Promise<void>;
  uploads(prefix: string): Promise<UnfinishedUpload[]>;
}

/** Bytes of a part: S3 wants 5 MiB or more of all but the last. */
export const PART_SIZE = 8 << 20;
/** Of an upload; S3's limit. */
export const MOST_PARTS = 10_000;
