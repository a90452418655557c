import { hash } from "node:crypto";
import type { Place } from "#base/medium/place.ts";

/** A place on another machine that is mounted. */
export type Share = FileShare | BucketShare;
/** By a program of the system. */
export type FileShare = Extract<Place, { kind: "smb" | "nfs" | "sftp" }>;
/** By a program of ours. */
export type BucketShare = Extract<Place, { kind: "s3" }>;

export const isShare = (place: Place): place is Share => place.kind !== "folder" && place.kind !== "http";

const LONGEST_NAME = 60;

/**
 * Names a place in requests, and its folder below SHARES: the name that people gave it, where that is fit for a path,
 * with its letters in any script.
 */
export function placeId({ name }: Pick<Place, "name">): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "");
  if (plain === name && name !== "" && name.length <= LONGEST_NAME) return name;
  return `${plain.slice(0, LONGEST_NAME - 7)}-${hash("sha256", name).slice(0, 6)}`;
}

export const PROTOCOLS: Readonly<Record<FileShare["kind"], string>> = { smb: "SMB", nfs: "NFS", sftp: "SSH" };

export const portOf = (share: FileShare): number =>
  share.kind === "sftp" ? share.port : share.kind === "smb" ? 445 : share.version === "3" ? 111 : 2049;

/** For people: which machine it is on. */
export function serverOf(share: Share): string {
  if (share.kind !== "s3") return share.server;
  return share.endpoint === undefined ? "Amazon S3" : new URL(share.endpoint).host;
}

/** For people: "user anna", "guests". */
export function describeUser(share: FileShare): string {
  if (share.kind === "nfs") return "this computer";
  if (share.user === undefined) return "guests";
  return share.kind === "smb" && share.domain !== undefined
    ? `user ${share.user} of ${share.domain}`
    : `user ${share.user}`;
}

/** For people: what is mounted of the server. */
export function describeShare(share: FileShare): string {
  if (share.kind === "smb") return `share ${share.share}`;
  return share.kind === "nfs" ? `export ${share.path}` : `folder ${share.path || "of the user"}`;
}

/** Where the images are, below what is mounted. */
export const folderIn = (share: Share): string => (share.kind === "smb" ? share.folder.replace(/^\/+/, "") : "");
