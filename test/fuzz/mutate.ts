import type { HotRange } from "#test/fuzz/hot-places.ts";
import { mutateJson } from "#test/fuzz/mutate-json.ts";
import type { Random } from "#test/fuzz/random.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import type { JsonInput } from "#test/fuzz/target.ts";

export interface MutationInput {
  readonly image: SparseImage;
  readonly hot: readonly HotRange[];
  /** Other sound inputs of the same parser, for splices. */
  readonly others: readonly SparseImage[];
  readonly dictionary: readonly string[];
  readonly json: JsonInput | undefined;
}

/** One way to damage an input. @returns what it did, for the report of a failure. */
type Mutation = (input: MutationInput, random: Random) => string;

const BYTES = [0x00, 0xff, 0x7f, 0x80, 0x01, 0xfe, 0x20, 0x0a] as const;
const LONGEST = 512;

/** Changes the image in place. At least one change, at most twelve. */
export function mutate(input: MutationInput, random: Random): string[] {
  const done: string[] = [];
  do done.push(chosen(input, random)(input, random));
  while (done.length < 12 && random.chance(0.45));
  return done;
}

function chosen({ dictionary, others, json }: MutationInput, random: Random): Mutation {
  if (json && random.chance(0.7)) return jsonValue;
  const dice = random.int(100);
  if (dictionary.length > 0 && dice < 35) return random.chance(0.5) ? word : shift;
  if (dice < 22) return flip;
  if (dice < 40) return byte;
  if (dice < 72) return integer;
  if (dice < 78) return copy;
  if (dice < 83) return swapBlocks;
  if (dice < 88) return fill;
  if (dice < 92) return others.length > 0 ? splice : fill;
  if (dice < 95) return shift;
  return dice < 98 ? truncate : extend;
}

function place({ hot, image }: MutationInput, random: Random): number {
  if (hot.length === 0) return random.int(image.size);
  const { offset, length, set } = random.pick(hot);
  return set.length > 0 && random.chance(0.7) ? random.pick(set) : offset + random.int(length);
}

const flip: Mutation = (input, random) => {
  const at = place(input, random);
  const mask = 1 << random.int(8);
  const [old = 0] = input.image.bytes(at, 1);
  input.image.write(Uint8Array.of(old ^ mask), at);
  return `flip ${mask} at ${at}`;
};

const byte: Mutation = (input, random) => {
  const at = place(input, random);
  const value = random.chance(0.7) ? random.pick(BYTES) : random.int(256);
  input.image.write(Uint8Array.of(value), at);
  return `byte ${value} at ${at}`;
};

const WIDTHS = [2, 4, 4, 8, 8] as const;

const integer: Mutation = (input, random) => {
  const width = random.pick(WIDTHS);
  const at = Math.floor(place(input, random) / width) * width;
  const little = random.chance(0.75);
  const bytes = input.image.bytes(at, 8);
  const view = new DataView(bytes.buffer);
  const old =
    width === 8
      ? view.getBigUint64(0, little)
      : BigInt(width === 4 ? view.getUint32(0, little) : view.getUint16(0, little));
  const value = BigInt.asUintN(width * 8, boundary(input, random, old, width));
  if (width === 8) view.setBigUint64(0, value, little);
  else if (width === 4) view.setUint32(0, Number(value), little);
  else view.setUint16(0, Number(value), little);
  input.image.write(bytes.subarray(0, width), at);
  return `u${width * 8}${little ? "le" : "be"} ${value} at ${at}`;
};

const UNITS = [1, 512, 4096, 65536] as const;

/** A number at which parsers go wrong: the ends of its type, the volume's size in some unit, its neighbours. */
function boundary({ image }: MutationInput, random: Random, old: bigint, width: number): bigint {
  const top = 1n << BigInt(width * 8);
  const step = BigInt(random.int(3) - 1);
  switch (random.int(7)) {
    case 0:
      return BigInt(random.int(4));
    case 1:
      return top - 1n - BigInt(random.int(3));
    case 2:
      return (top >> 1n) + step;
    case 3:
      return BigInt(Math.floor(image.size / random.pick(UNITS))) + step;
    case 4:
      return 1n << BigInt(random.int(width * 8));
    case 5:
      return random.chance(0.5) ? old * 2n + step : old / 2n + step;
    default:
      return old + BigInt(random.int(33) - 16);
  }
}

const copy: Mutation = (input, random) => {
  const [from, to, length] = [place(input, random), place(input, random), 1 + random.int(LONGEST)];
  input.image.write(input.image.bytes(from, length), to);
  return `copy ${length} from ${from} to ${to}`;
};

const swapBlocks: Mutation = (input, random) => {
  const unit = random.pick([16, 32, 64, 128, 512]);
  const aligned = () => Math.floor(place(input, random) / unit) * unit;
  const [a, b] = [aligned(), aligned()];
  const [left, right] = [input.image.bytes(a, unit), input.image.bytes(b, unit)];
  input.image.write(left, b);
  input.image.write(right, a);
  return `swap ${unit} of ${a} and ${b}`;
};

const fill: Mutation = (input, random) => {
  const [at, length] = [place(input, random), 1 + random.int(LONGEST)];
  const noise = random.chance(0.5);
  const value = random.pick([0, 0xff]);
  input.image.write(
    Uint8Array.from({ length }, () => (noise ? random.int(256) : value)),
    at,
  );
  return `fill ${length} at ${at} with ${noise ? "noise" : value}`;
};

const splice: Mutation = (input, random) => {
  const other = random.pick(input.others);
  const { offset, length } = random.pick(input.hot);
  const part = Math.min(length, 64 << 10);
  input.image.write(other.bytes(offset, part), offset);
  return `splice ${part} at ${offset}`;
};

/** Moves what follows up or down by a few bytes, as text that was edited and structures that were torn do. */
const shift: Mutation = (input, random) => {
  const [at, by] = [place(input, random), 1 + random.int(16)];
  const length = Math.min(LONGEST, Math.max(0, input.image.size - at - by));
  const [from, to] = random.chance(0.5) ? [at, at + by] : [at + by, at];
  input.image.write(input.image.bytes(from, length), to);
  return `shift ${length} from ${from} to ${to}`;
};

const word: Mutation = (input, random) => {
  const [at, text] = [place(input, random), random.pick(input.dictionary)];
  input.image.write(new TextEncoder().encode(text), at);
  return `word ${JSON.stringify(text)} at ${at}`;
};

const jsonValue: Mutation = ({ image, json }, random) => {
  const changed = json && mutateJson(json.read(image), random);
  if (!json || !changed) return "no JSON to change";
  json.write(image, changed.text);
  return changed.done;
};

const truncate: Mutation = (input, random) => {
  const { image } = input;
  const step = random.int(3) - 1;
  const to = random.pick([place(input, random) + step, image.size - 512, image.size - 1, random.int(image.size + 1)]);
  image.size = Math.max(0, Math.min(image.size, to));
  return `truncate to ${image.size}`;
};

/** Most disks of a wrong size are a little larger; a parser must also bear one of 16 TiB. */
const extend: Mutation = ({ image }, random) => {
  image.size += random.pick([1, 511, 512, 4096, 1 << 20, 2 ** 44]);
  return `extend to ${image.size}`;
};
