import type { ReadTrack } from "#imaging/bucket/block-reader.ts";
import type { UnfinishedUpload } from "#imaging/bucket/object-store.ts";
import type { PartFile } from "#imaging/bucket/part-file.ts";

export interface FolderNode {
  readonly kind: "folder";
  readonly id: number;
  /** Prefix of all in it: "" or what ends with a slash. */
  readonly key: string;
}

export interface FileNode {
  readonly kind: "file";
  readonly id: number;
  readonly file: PartFile;
  readonly track: ReadTrack;
  /** How many have it open. */
  opens: number;
  /** Last change by the server's clock, in milliseconds; 0: not known since we wrote it. */
  modified: number;
  /** When the server was asked last, by performance.now(). */
  askedAt: number;
  /** Stores what was written some time after the last one has closed it. */
  later?: NodeJS.Timeout | undefined;
}

/** Unfinished uploads below a folder, shown as empty files that can be removed. */
export interface UploadsNode {
  readonly kind: "uploads";
  readonly id: number;
  readonly key: string;
}

export interface UploadNode {
  readonly kind: "upload";
  readonly id: number;
  readonly upload: UnfinishedUpload;
}

/** Whoever has it open uses the bucket. */
export interface UsersNode {
  readonly kind: "users";
  readonly id: number;
  opens: number;
}

export type BucketNode = FolderNode | FileNode | UploadsNode | UploadNode | UsersNode;

/** Name of the folder that every folder has besides what its list shows. */
export const UPLOADS_NAME = ".lifeboat-uploads";
