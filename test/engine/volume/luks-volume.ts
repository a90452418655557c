import { cpSync, mkdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { blkid, check, emptyImage, hashTree, makeFiles, run } from "../filesystem/volume-image.ts";

const MIB = 1 << 20;
/** cryptsetup puts this much in front of the data when it encrypts in place. */
export const HEADER = 16 * MIB;
const SIZES = Array.from({ length: 40 }, (_, i) => (i * i * 331 + i) % 150_000);

/** A file system with files in it. */
export function makeFilesystem(kind: "ext4" | "ntfs", image: string, size = 16 * MIB, sectorSize = 512): string {
  makeFiles(`${image}.files`, SIZES);
  emptyImage(image, size);
  if (kind === "ext4") run("mke2fs", "-q", "-F", "-t", "ext4", "-b", "4096", "-d", `${image}.files`, image);
  else {
    run("mkntfs", "-q", "-F", "-Q", "-p", "0", "-H", "0", "-S", "0", "-s", String(sectorSize), "-c", "4096", image);
    mounted(image, "rw", (root) => cpSync(`${image}.files`, root, { recursive: true }));
  }
  return image;
}

export const checkFilesystem = (kind: "ext4" | "ntfs", image: string): { status: number; output: string } =>
  kind === "ext4" ? check("e2fsck", "-fn", image) : check("ntfsfix", "-n", image);

export const readFiles = (image: string): Record<string, string> =>
  mounted(image, "ro", (root) => {
    const { "lost+found": _, ...files } = hashTree(root);
    return files;
  });

function mounted<T>(image: string, options: "ro" | "rw", use: (root: string) => T): T {
  const root = `${image}.mount`;
  mkdirSync(root, { recursive: true });
  const isNtfs = blkid(image).type === "ntfs";
  if (isNtfs) run("ntfs-3g", "-o", options, image, root);
  else run("mount", "-t", "ext4", "-o", `loop,${options}`, image, root);
  try {
    return use(root);
  } finally {
    run("umount", root);
    waitUntilClosed(image);
  }
}

/** ntfs-3g writes the last sectors a moment after umount has returned. */
function waitUntilClosed(image: string): void {
  for (let i = 0; i < 200 && check("fuser", image).status === 0; i++)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
}

export interface LuksOptions {
  readonly version?: 1 | 2;
  readonly cipher?: string;
  /** Bits. */
  readonly keySize?: number;
  readonly sectorSize?: number;
  readonly key?: Uint8Array | string;
}

/** So few that a test is quick; the strength of a key is not what is tested. */
const QUICK = ["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"];

/**
 * Encrypts a plain image with cryptsetup itself, in its own process and without device mapper. All of the payload is
 * encrypted, the free blocks too.
 */
export function encrypt(plain: string, image: string, options: LuksOptions = {}): string {
  const { version = 2, cipher = "aes-xts-plain64", keySize = 512, sectorSize = 512, key = "first" } = options;
  cpSync(plain, image);
  // It moves the data up by half of what it is given.
  truncateSync(image, statSync(plain).size + 2 * HEADER);
  const geometry = ["--cipher", cipher, "--key-size", String(keySize), "--sector-size", String(sectorSize)];
  encryptInPlace(image, key, geometry);
  if (version === 1) run("cryptsetup", "convert", "--batch-mode", "--type", "luks1", image);
  truncateSync(image, statSync(plain).size + HEADER);
  return image;
}

export function encryptInPlace(image: string, key: Uint8Array | string, options: readonly string[]): void {
  writeFileSync(`${image}.key`, key);
  const inPlace = ["--encrypt", "--type", "luks2", "--reduce-device-size", `${2 * HEADER}`];
  const quiet = ["--key-file", `${image}.key`, "--batch-mode"];
  run("cryptsetup", "reencrypt", ...inPlace, ...options, ...QUICK, ...quiet, image);
}

export function formatDetached(version: number, header: string, data: string): void {
  writeFileSync(`${header}.key`, "first");
  const quiet = ["--key-file", `${header}.key`, "--batch-mode"];
  run("cryptsetup", "luksFormat", "--type", `luks${version}`, ...QUICK, ...quiet, "--header", header, data);
}

export function addKey(image: string, key: Uint8Array | string): void {
  writeFileSync(`${image}.added`, key);
  run("cryptsetup", "luksAddKey", ...QUICK, "--batch-mode", "--key-file", `${image}.key`, image, `${image}.added`);
}

/** cryptsetup's own decryption, in place; the plain image is what is left. */
export function decrypt(image: string, size: number): string {
  if (check("cryptsetup", "isLuks", "--type", "luks1", image).status === 0)
    run("cryptsetup", "convert", "--batch-mode", "--type", "luks2", image);
  const header = ["--header", `${image}.header`, "--force-offline-reencrypt", "--key-file", `${image}.key`];
  run("cryptsetup", "reencrypt", "--decrypt", ...header, "--batch-mode", image);
  truncateSync(image, size);
  return image;
}
