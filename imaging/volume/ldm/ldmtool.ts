import * as z from "zod";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** What ldmtool prints: ldmtool(1), ACTIONS. Sectors. */
const DiskGroup = z.object({ volumes: z.array(z.string()), disks: z.array(z.string()) });
const Volume = z.object({
  name: z.string(),
  type: z.string(),
  size: z.int().positive(),
  hint: z.string().optional(),
  partitions: z.array(z.string()),
});
const Partition = z.object({
  name: z.string(),
  /** From the start of the disk's data. */
  start: z.int().nonnegative(),
  size: z.int().positive(),
  disk: z.string(),
});
const LdmDisk = z.object({
  name: z.string(),
  present: z.boolean(),
  "data-start": z.int().nonnegative().optional(),
  "data-size": z.int().positive().optional(),
});

export type LdmVolume = Omit<z.infer<typeof Volume>, "partitions"> & {
  /** In no certain order. `offset` is that in the volume, where ldmtool tells it. */
  readonly partitions: readonly (z.infer<typeof Partition> & { readonly offset: number | undefined })[];
};

/** What the database on one disk says; it tells of the other disks of its group too. */
export interface LdmDatabase {
  /** The name of the disk itself, where its data starts, and how long that is. */
  readonly disk: string;
  readonly dataStart: number;
  readonly dataSize: number;
  readonly volumes: readonly LdmVolume[];
}

/** A question takes about 20 ms; Windows itself makes a dozen volumes slow. */
const MOST_OBJECTS = 512;

const PURPOSE = "read the database of Windows dynamic disks";

/** @returns a reason in plain words when the database cannot be read. @throws what is not about the tool */
export async function readDatabase(path: string): Promise<LdmDatabase | { reason: string }> {
  try {
    return await readGroup(path);
  } catch (error) {
    if (isLifeboatError(error, "TOOL_MISSING"))
      return { reason: "ldmtool, which reads its database, is not installed" };
    if (isLifeboatError(error, "TOOL_FAILED")) return { reason: "ldmtool cannot read its database" };
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return { reason: "what ldmtool says about its database cannot be understood" };
    throw error;
  }
}

async function readGroup(path: string): Promise<LdmDatabase | { reason: string }> {
  const ask = async <T>(type: z.ZodType<T>, ...question: string[]): Promise<T> => {
    const answer = await runTool("ldmtool", ["-d", path, ...question], PURPOSE);
    // It ends with status 0 and says nothing about what it does not know.
    if (answer.trim() === "") throw new LifeboatError("TOOL_FAILED", { tool: "ldmtool", status: 0, output: "nothing" });
    return type.parse(JSON.parse(answer));
  };
  const [guid, other] = await ask(z.array(z.string()), "scan");
  if (guid === undefined || other !== undefined) return { reason: "it has no database that ldmtool knows" };
  const group = await ask(DiskGroup, "show", "diskgroup", guid);
  if (group.volumes.length + group.disks.length > MOST_OBJECTS) return { reason: "its database is too large" };

  const disks = [];
  for (const name of group.disks) disks.push(await ask(LdmDisk, "show", "disk", guid, name));
  const [disk, twin] = disks.filter(({ present }) => present);
  const { "data-start": dataStart, "data-size": dataSize } = disk ?? {};
  if (!disk || twin || dataStart === undefined || dataSize === undefined)
    return { reason: "its database does not tell which of its disks it is" };

  const offsets = await volumeOffsets(path);
  const volumes: LdmVolume[] = [];
  for (const name of group.volumes) {
    const volume = await ask(Volume, "show", "volume", guid, name);
    if (volume.partitions.length > MOST_OBJECTS) return { reason: "its database is too large" };
    const partitions = [];
    for (const part of volume.partitions)
      partitions.push({ ...(await ask(Partition, "show", "partition", guid, part)), offset: offsets.get(part) });
    volumes.push({ ...volume, partitions });
  }
  return { disk: disk.name, dataStart, dataSize, volumes };
}

/** ldmtool knows them, and tells them as it reads the database; among what it shows they are not. */
async function volumeOffsets(path: string): Promise<ReadonlyMap<string, number>> {
  const told = await runTool("env", ["G_MESSAGES_DEBUG=all", "ldmtool", "-d", path, "scan"], PURPOSE);
  const found = told.matchAll(/ Partition: (.+)\n(?: {2}(?!Vol Offset).*\n){0,8} {2}Vol Offset: (\d+)\n/g);
  return new Map([...found].map(([, name = "", offset]) => [name, Number(offset)]));
}
