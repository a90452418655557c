import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { CacheState } from "./page-cache.ts";
import { PEERS } from "./peers/all.ts";
import type { Peer } from "./peers/side.ts";
import type { SubjectName } from "./result.ts";

export interface Options {
  readonly rounds: number;
  /** Default: the disk of 12 GiB of test/bench/disk. */
  readonly disk?: string;
  readonly subjects: readonly SubjectName[];
  readonly peers: readonly Peer[];
  readonly cache: CacheState;
  readonly program: string;
  /** Whether the table replaces the one in docs/bench.md. */
  readonly keep: boolean;
}

export const USAGE = `usage: main.ts [--rounds N] [--disk FILE] [--subjects whole,ext4,ntfs] [--peers NAME,...]
               [--cache warm|cold] [--program LIFEBOAT] [--keep]
peers: ${PEERS.map(({ name }) => name.split(" ")[0]).join(", ")}`;

/** @throws Error with USAGE in its message */
export function readOptions(args: readonly string[]): Options {
  const text = (fallback: string) => ({ type: "string", default: fallback }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: text("3"),
      disk: { type: "string" },
      subjects: text("whole,ext4,ntfs"),
      peers: text(PEERS.map(({ name }) => name.split(" ")[0]).join(",")),
      cache: text("warm"),
      program: text("lifeboat"),
      keep: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}\n${USAGE}`);
  return {
    rounds,
    ...(values.disk ? { disk: resolve(values.disk) } : {}),
    subjects: values.subjects.split(",").map((name) => oneOf(name, ["whole", "ext4", "ntfs"])),
    peers: values.peers.split(",").map(findPeer),
    cache: oneOf(values.cache, ["warm", "cold"]),
    program: resolve(values.program),
    keep: values.keep,
  };
}

function oneOf<const T extends string>(value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (!found) throw new Error(`${value} is none of ${choices.join(", ")}\n${USAGE}`);
  return found;
}

function findPeer(word: string): Peer {
  const found = PEERS.find(({ name }) => name.split(" ")[0] === word);
  if (!found) throw new Error(`no peer is called ${word}\n${USAGE}`);
  return found;
}
