import { quotedName } from "#imaging/explore/copy/shell-unquote.ts";

/** What cp(1) says of a file. */
export interface Complaint {
  /** `unread`: its data or metadata in the image is damaged. `uncopied`: something else. `lost`: it is there, but not all of it. */
  readonly kind: "unread" | "uncopied" | "lost";
  /** In the image's mount or in the target, whichever cp names. */
  readonly path: string;
  readonly text: string;
}

/** EIO, and EUCLEAN, by which ext4, XFS and btrfs say that their own structures are damaged. */
const DAMAGE = /Input\/output error|Structure needs cleaning/;
/** coreutils, src/copy.c and libattr: of these the content is there. */
const ATTRIBUTES = /^(failed to preserve|preserving|setting|cannot (un)?set|failed to set|clearing)/;

/** @param source the folder of the mount: what lies in it was to be read */
export function readComplaint(line: string, source: string): Complaint | undefined {
  const said = line.replace(/^cp: /, "");
  const found = quotedName(said.replace(/^setting attribute '[^']*' for /, "setting an attribute for "));
  if (!found) return undefined;
  const { name: path, before, after } = found;
  const text = (before + after).replaceAll(/\s+/g, " ").replace(/ :/, ":").trim();
  if (path.startsWith(`${source}/`)) return { kind: DAMAGE.test(after) ? "unread" : "uncopied", path, text };
  return { kind: ATTRIBUTES.test(before) ? "lost" : "uncopied", path, text };
}
