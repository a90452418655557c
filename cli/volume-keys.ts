import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import type { UnlockKey } from "#imaging/capture/capture-request.ts";

/** Where the key of a partition stands. */
export interface KeyFile {
  readonly partition: number;
  readonly keyFile: string;
}

export interface VolumeKeyOptions {
  unlock?: readonly KeyFile[];
}

/** Given once for each key. */
export const unlockOption = (what: string) => new Option("--unlock <n=keyfile>", what).argParser(parse);

export const exploreUnlockOption = () =>
  unlockOption("unlock encrypted partition n: a pass phrase, recovery key or key file");

export const resizeUnlockOption = () =>
  unlockOption("unlock encrypted partition n, for a layout that changes the size of what is in it");

function parse(text: string, before: readonly KeyFile[] = []): readonly KeyFile[] {
  const [, number, keyFile] = /^(\d+)=(.+)$/.exec(text) ?? [];
  if (number === undefined || keyFile === undefined)
    throw new InvalidArgumentError("Give the partition's number and a key file, such as 3=/run/key.");
  return [...before, { partition: Number(number), keyFile: resolve(keyFile) }];
}

/** @throws OPEN_FAILED */
export const readKeyFiles = (keys: readonly KeyFile[] = []): Promise<UnlockKey[]> =>
  Promise.all(
    keys.map(async ({ partition, keyFile }) => {
      const key = await readFile(keyFile).catch((cause: Error) => {
        throw new LifeboatError("OPEN_FAILED", { path: keyFile, reason: cause.message }, { cause });
      });
      return { partition, keyFile, key };
    }),
  );
