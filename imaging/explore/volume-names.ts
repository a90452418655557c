/** What a volume's name is made of. */
export interface Named {
  /** Of the partition; 0 for a file system that covers the whole disk. */
  readonly partition: number;
  /** Of the volumes that this one lies in, the outermost first, and its own: "vg0/root". Empty for a partition. */
  readonly inside: readonly string[];
  readonly type?: string | undefined;
  readonly label?: string | undefined;
}

export interface VolumeNames {
  /** Of its bytes: `partition-2.img`, `partition-3-vg0-root.img`. */
  readonly file: string;
  /** Of its files: `2-ext4-root`. */
  readonly folder: string;
}

/** Bytes of a name at most: linux/fuse.h takes 1024, and people far less. */
const MOST_BYTES = 100;

/** Names for volumes, in their order, that are no others' and that a shell and a person can do with. */
export function nameVolumes(volumes: readonly Named[]): VolumeNames[] {
  const taken = new Set<string>();
  return volumes.map(({ partition, inside, type, label }) => {
    const place = inside.map(plain).filter(Boolean);
    const file = partition === 0 ? "whole-disk" : `partition-${partition}`;
    const folder = [partition === 0 ? "disk" : String(partition), ...place, type ?? "unknown", plain(label ?? "")];
    return {
      file: unlike([file, ...place].join("-"), ".img", taken),
      folder: unlike(folder.filter(Boolean).join("-"), "", taken),
    };
  });
}

/** A label comes from somebody else's disk: nothing in it may end a name, steer a terminal, or be a word of the shell's. */
const plain = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N}._+-]+/gu, "_")
    .replaceAll(/^[_.-]+|[_.-]+$/g, "");

function unlike(name: string, ending: string, taken: Set<string>): string {
  const short = shortened(name);
  for (let i = 1; ; i++) {
    const found = `${short}${i === 1 ? "" : `-${i}`}${ending}`;
    if (taken.has(found)) continue;
    taken.add(found);
    return found;
  }
}

function shortened(name: string): string {
  const characters = [...name];
  while (Buffer.byteLength(characters.join("")) > MOST_BYTES) characters.pop();
  return characters.join("");
}
