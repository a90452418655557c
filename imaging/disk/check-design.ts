import { layoutProblems } from "#imaging/disk/check-layout.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import { EXTENDED_TYPES, mbr, TYPE_PROTECTIVE } from "#imaging/disk/mbr.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { GPT_ENTRIES, type TableDesign, usableOf } from "#imaging/disk/table-design.ts";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NO_GUID = /^[0-]+$/;
const ATTRIBUTES = /^0x[0-9a-f]{1,16}$/i;
const SIGNATURE = /^[0-9a-f]{8}$/i;
const MBR_TYPE = /^0x[0-9a-f]{2}$/i;
const PRIMARIES = 4;
const FIRST_LOGICAL = 5;
/** Linux has 256 minor numbers for a disk, of which the disk itself takes one (block/partitions/core.c). */
const LAST_LOGICAL = 255;

/** Holds a design against what a table can say. @throws LAYOUT_INVALID with the first thing that it cannot */
export function checkDesign(design: TableDesign): void {
  const problem = diskProblem(design) ?? partitionsProblem(design) ?? lieProblem(design);
  if (problem !== undefined) throw layoutInvalid(problem);
}

function diskProblem({ type, size, sectorSize, diskId, bootCode }: TableDesign): string | undefined {
  if (sectorSize !== 512 && sectorSize !== 4096) return `sectors have ${sectorSize} bytes`;
  if (!Number.isSafeInteger(size) || size < 0) return `the disk has ${size} bytes`;
  const { start, end } = usableOf(type, size, sectorSize);
  if (end <= (type === "gpt" ? start : 0)) return `a disk of ${size} bytes is too small for a table`;
  const most = mbr.fields.bootCode.size;
  if (bootCode && bootCode.length > most) return `the boot code has ${bootCode.length} bytes, and ${most} fit`;
  if (type === "gpt") return diskId !== undefined && GUID.test(diskId) ? undefined : `the disk's GUID is ${diskId}`;
  return diskId === undefined || SIGNATURE.test(diskId) ? undefined : `the disk signature is ${diskId}`;
}

function partitionsProblem({ type, partitions }: TableDesign): string | undefined {
  const twice = partitions.find((p, i) => partitions.findIndex((other) => other.number === p.number) < i);
  if (twice !== undefined) return `there are two partitions ${twice.number}`;
  const problemOf = type === "gpt" ? gptProblem : mbrProblem;
  for (const p of partitions) {
    const problem = problemOf(p);
    if (problem !== undefined) return `partition ${p.number} ${problem}`;
  }
  return type === "gpt" ? undefined : chainProblem(partitions);
}

const isNumber = (n: number, first: number, last: number): boolean => Number.isInteger(n) && n >= first && n <= last;

function gptProblem({ number, role, type, guid, attributes, name }: Partition): string | undefined {
  if (!isNumber(number, 1, GPT_ENTRIES)) return `has no entry: a GPT has ${GPT_ENTRIES}`;
  if (role !== "primary") return `is ${role}, which a GPT does not know`;
  if (!GUID.test(type) || NO_GUID.test(type)) return `has the type ${type}`;
  if (guid === undefined || !GUID.test(guid)) return `has the GUID ${guid}`;
  if (!ATTRIBUTES.test(attributes)) return `has the attributes ${attributes}`;
  // Readers take it for the end of the name.
  return name?.includes("\0") ? "has a NUL in its name" : undefined;
}

function mbrProblem({ number, role, type, attributes, name }: Partition): string | undefined {
  const [first, last] = role === "logical" ? [FIRST_LOGICAL, LAST_LOGICAL] : [1, PRIMARIES];
  if (!isNumber(number, first, last)) return `is ${role}: these have the numbers ${first} to ${last}`;
  if (!MBR_TYPE.test(type)) return `has the type ${type}`;
  const code = Number(type);
  // Tools take 0 for an unused record, and any record of 0xEE makes the disk one with a GPT.
  if (code === 0 || code === TYPE_PROTECTIVE) return `has the type ${type}, which is none of a partition`;
  if (EXTENDED_TYPES.includes(code) !== (role === "extended")) return `is ${role} and has the type ${type}`;
  if (name !== undefined) return `is named ${JSON.stringify(name)}, and an MBR has no names`;
  return /^0x0+$/.test(attributes) ? undefined : `has the attributes ${attributes}, and an MBR has none`;
}

function chainProblem(partitions: readonly Partition[]): string | undefined {
  const extended = partitions.filter((p) => p.role === "extended");
  if (extended.length > 1) return `there are ${extended.length} extended partitions`;
  const logicals = partitions.filter((p) => p.role === "logical").toSorted((a, b) => a.start - b.start);
  const wrong = logicals.findIndex((p, i) => p.number !== FIRST_LOGICAL + i);
  if (wrong < 0) return undefined;
  const number = logicals[wrong]?.number;
  return `logical partition ${number} comes where ${FIRST_LOGICAL + wrong} must: they are numbered in their order`;
}

/** Where the partitions are, in the table's units and in regard to one another. */
function lieProblem({ type, size, sectorSize, partitions }: TableDesign): string | undefined {
  const usable = usableOf(type, size, sectorSize);
  const isWhole = (bytes: number) => Number.isSafeInteger(bytes) && bytes % sectorSize === 0;
  for (const { number, start, size: bytes } of partitions) {
    if (!isWhole(start) || !isWhole(bytes)) return `partition ${number} does not lie on whole sectors`;
    if (bytes <= 0) return `partition ${number} has ${bytes} bytes`;
    if (start < usable.start || start + bytes > usable.end)
      return `partition ${number} lies at ${start} to ${start + bytes}, and ${usable.start} to ${usable.end} are usable`;
  }
  return layoutProblems({ partitions, metadata: [], sectorSize }, size)[0]?.text;
}
