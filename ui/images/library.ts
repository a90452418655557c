import type { FoundImage } from "#rescue/api/contract.ts";

/** The computer, or where that is not known the disk, that an image is of. */
export function machineOf({ manifest }: FoundImage): string | undefined {
  if (!manifest) return undefined;
  const { model, serial } = manifest.disk;
  const disk = model && serial ? `${model} (…${serial.slice(-4)})` : model;
  return manifest.point?.host ?? disk;
}

/** All words of a search have to be there: in names, notes, machines, places, dates. */
export function matches(image: FoundImage, search: string): boolean {
  const { manifest, fileName, path, place } = image;
  const volumes = manifest?.partitions.map(({ filesystem, name }) => `${filesystem?.label ?? ""} ${name ?? ""}`) ?? [];
  const text = [
    manifest?.name,
    manifest?.note,
    manifest?.createdAt,
    machineOf(image),
    fileName,
    path,
    place,
    ...volumes,
  ]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Newest first; what is locked has no time that anybody knows, and comes last. */
export const byTime = (a: FoundImage, b: FoundImage): number =>
  (b.manifest?.createdAt ?? "").localeCompare(a.manifest?.createdAt ?? "");

/** By machine, in the order of the newest image of each. */
export const byMachine = (images: readonly FoundImage[]): [machine: string | undefined, images: FoundImage[]][] => [
  ...Map.groupBy(images.toSorted(byTime), machineOf),
];
