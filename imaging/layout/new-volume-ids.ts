import type { Sentence } from "#base/sentence.ts";
import {
  type NewGroup,
  type NewIdentity,
  type NewVolumeId,
  PlainId,
  type SourceGroup,
  type SourceName,
} from "#imaging/layout/identity.ts";
import type { LayoutNote, LayoutSource, PlannedPartition, SourcePartition } from "#imaging/layout/layout.ts";
import { newGuid, newLvmId, newSuffix } from "#imaging/layout/new-identity.ts";
import { say } from "#imaging/words/say.ts";

type Placed = Pick<PlannedPartition, "source" | "number" | "guid">;

/** In the form that blkid prints. Of NTFS only the upper half: the lower one is the serial number that Windows shows. */
const FORMS: Readonly<Record<string, (guid: string, before: string) => string>> = {
  ext2: (guid) => guid,
  ext3: (guid) => guid,
  ext4: (guid) => guid,
  xfs: (guid) => guid,
  btrfs: (guid) => guid,
  swap: (guid) => guid,
  crypto_LUKS: (guid) => guid,
  vfat: (guid) => shortId(guid),
  exfat: (guid) => shortId(guid),
  ntfs: (guid, before) => guid.slice(0, 8).toUpperCase() + before.slice(8),
};

const shortId = (guid: string): string => `${guid.slice(0, 4)}-${guid.slice(4, 8)}`.toUpperCase();

/**
 * What is called otherwise on the target: file systems, LUKS headers and volume groups for a disk that stays beside its
 * source, and partitions whose table names them anew. @returns undefined when nothing is
 */
export function newIdentity(
  source: LayoutSource,
  partitions: readonly Placed[],
  isForTwin: boolean,
): { ids: NewIdentity; notes: LayoutNote[] } | undefined {
  const placed = partitions.flatMap((there) => {
    const before = source.partitions.find(({ number }) => number === there.source);
    return before && there.source !== undefined ? [{ there, before }] : [];
  });
  const content = isForTwin ? placed.map(({ there, before }) => contentIds(source, there, before)) : [];
  const volumes = content.flatMap((one) => one.volumes);
  const groups = content.flatMap((one) => one.groups);
  const names = placed.flatMap(({ there, before }) =>
    isPlain(before.guid) && isPlain(there.guid) && before.guid !== there.guid
      ? [{ from: before.guid, to: there.guid }]
      : [],
  );
  const references = [...volumes.map(({ from, to }) => ({ from, to })), ...names];
  if (references.length === 0 && groups.length === 0) return undefined;
  return {
    ids: { volumes, ...(groups.length > 0 && { groups }), references },
    notes: content.flatMap((one) => one.kept).map((sentence) => ({ code: "TWIN_VOLUME", ...sentence })),
  };
}

const isPlain = (id: string | undefined): id is string => PlainId.safeParse(id).success;

interface ContentIds {
  readonly volumes: readonly NewVolumeId[];
  readonly groups: readonly NewGroup[];
  /** What keeps its identity. */
  readonly kept: readonly Sentence[];
}

function contentIds(source: LayoutSource, { number }: Placed, before: SourcePartition): ContentIds {
  const names = before.names ?? [{ inside: "", filesystem: before.filesystem, uuid: before.uuid, kept: [] }];
  const parts = names.map((name): ContentIds => {
    const id = { number, ...(name.inside !== "" && { inside: name.inside }) };
    const what = [before.number, name.inside].filter((part) => part !== "").join(" ");
    if (name.group) return { volumes: [], groups: [{ ...id, ...newGroup(source, name.group, what) }], kept: name.kept };
    const volume = volumeId(source.seed, name, what);
    const isKept = name.uuid !== undefined && !volume && name.kept.length === 0;
    return {
      volumes: volume ? [{ ...id, ...volume }] : [],
      groups: [],
      kept: isKept ? [keptAsItIs(name, before.number)] : name.kept,
    };
  });
  return {
    volumes: parts.flatMap((one) => one.volumes),
    groups: parts.flatMap((one) => one.groups),
    kept: parts.flatMap((one) => one.kept),
  };
}

function volumeId(
  seed: string,
  { filesystem: type, uuid: from }: SourceName,
  what: string,
): Pick<NewVolumeId, "type" | "from" | "to"> | undefined {
  const form = type !== undefined && Object.hasOwn(FORMS, type) ? FORMS[type] : undefined;
  if (!form || type === undefined || !isPlain(from)) return undefined;
  const to = form(newGuid(seed, `file system ${what}`), from);
  return to === from ? undefined : { type, from, to };
}

function newGroup(
  source: LayoutSource,
  { name, ids, volumes }: SourceGroup,
  what: string,
): Pick<NewGroup, "from" | "to" | "ids" | "volumes"> {
  const taken = source.partitions.flatMap(({ names = [] }) =>
    names.flatMap(({ group }) => (group ? [group.name] : [])),
  );
  let to = name;
  for (let i = 0; taken.includes(to); i++) to = `${name}_${newSuffix(source.seed, `volume group ${what} ${i}`)}`;
  return {
    ...{ from: name, to, volumes: [...volumes] },
    ids: ids.map((from) => ({ from, to: newLvmId(source.seed, `LVM ${what} ${from}`) })),
  };
}

const keptAsItIs = ({ inside, filesystem = "" }: SourceName, number: number): Sentence =>
  say("layout.twin-volume", { filesystem, volume: inside, number });
