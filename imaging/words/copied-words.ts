import { formatBytes } from "#base/units.ts";

/** What came of a copy of files. */
export const copiedWords = {
  "copied.done": (p: { target: string; count: number; bytes: number }) =>
    `Copied to ${p.target}: ${p.count} files and folders, ${formatBytes(p.bytes)}`,
  // what: one of those below; names: the first of them
  "copied.loss": (p: { what: string; count: number; names: string }) => `! ${p.what}: ${p.count}, ${p.names}`,
  "copied.lacks": (p: { name: string; reason: string }) => `! its copy lacks something: ${p.name} (${p.reason})`,
  "copied.damaged": (p: { name: string; reason: string }) =>
    `! damaged in the image, not copied: ${p.name} (${p.reason})`,
  "copied.failed": (p: { name: string; reason: string }) => `! not copied: ${p.name} (${p.reason})`,
  "copied.owners": "the owners are lost",
  "copied.permissions": "the permissions are lost",
  "copied.access-lists": "the access control lists are lost",
  "copied.streams": "the alternate data streams are lost",
  "copied.attributes": "the extended attributes are lost",
  "copied.symbolic-links": "symbolic links cannot be there, and are left out",
  "copied.special-files": "sockets, pipes and device nodes cannot be there, and are left out",
  "copied.hard-links": "files of several names become several files",
  "copied.holes": "holes in files are filled with zeros",
  "copied.compression": "the NTFS compression is lost: the copies take more room",
  "copied.ntfs": "the NTFS security descriptors and attributes are lost",
  "copied.streams-moved": "the alternate data streams become extended attributes",
};
