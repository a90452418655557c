/** Files of a volume of the throw-away copy. Paths have no slash in front: "etc/inittab". */
export interface VolumeFiles {
  /** Names of the regular files in a folder that end so; none when it is not there. */
  list(folder: string, ending: string): Promise<readonly string[]>;
  /** Names of the folders in a folder. */
  folders(folder: string): Promise<readonly string[]>;
  /** The text of a regular file of at most 1 MiB; undefined for everything else. */
  read(path: string): Promise<string | undefined>;
  /** Makes the folders before it, and replaces what is there. @throws TOOL_FAILED, such as for a full volume */
  write(path: string, text: string): Promise<void>;
  /** A symbolic link. @throws TOOL_FAILED; always where the file system has none */
  link(target: string, path: string): Promise<void>;
}

/** Bytes of a text that is looked at. */
export const MOST_TEXT = 1 << 20;
/** Names of a folder that are looked at. */
export const MOST_NAMES = 200;
