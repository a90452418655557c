import { InvalidArgumentError, Option } from "commander";
import { parseBytes, parseDuration } from "#base/units.ts";

/** A size such as 650M. Commander adds which option it was. */
export function size(text: string): number {
  const bytes = parseBytes(text);
  if (bytes === undefined || bytes === 0) throw new InvalidArgumentError("Give a size such as 650M, 4.7G or 1T.");
  return bytes;
}

/** Such as 80M or 80M/s. */
export const rate = (text: string): number => size(text.replace(/\/s$/, ""));

export function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError("Give a time such as 90s, 15m or 2h.");
  return seconds;
}

export const partitionNumbers = (text: string, before: readonly number[] = []): number[] => {
  const numbers = text.split(",").map(Number);
  if (!numbers.every((n) => Number.isInteger(n) && n > 0))
    throw new InvalidArgumentError("Give numbers of partitions, as `disk show` prints them.");
  return [...before, ...numbers];
};

export const passwordFileOption = () =>
  new Option("--password-file <file>", "the image's password or recovery key; - is standard input");

export interface SectorSizeOptions {
  sectorSize?: "512" | "4096";
}

export const sectorSizeOption = () =>
  new Option(
    "--sector-size <bytes>",
    "of a raw file: the sectors of the disk that it stands for (default: as its table tells, else 512)",
  ).choices(["512", "4096"]);

export const sectorSizeOf = ({ sectorSize }: SectorSizeOptions): { sectorSize?: number } =>
  sectorSize === undefined ? {} : { sectorSize: Number(sectorSize) };

export const limitOption = () =>
  new Option("--limit <rate>", "read no more than this in a second, such as 80M").argParser(rate);

/** What a person at the screen can mend in time, and what does not leave a script hanging for ever. */
export const waitOption = () =>
  new Option("--wait <time>", "wait so long for a medium that is full or was pulled, then fail")
    .argParser(duration)
    .default(900, "15m");
