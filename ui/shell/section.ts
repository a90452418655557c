/** The parts of the interface, in the order in which they are offered. */
export const sections = [
  "home",
  "restore",
  "capture",
  "clone",
  "boot",
  "partitions",
  "images",
  "network",
  "terminal",
  "logs",
  "settings",
  "power",
  "help",
  "operation",
] as const;
export type Section = (typeof sections)[number];

export type OfferedSection = Exclude<Section, "operation" | "help">;

/** Where the program only runs as a server, there is nothing to switch off, and no shell is given away. A job is come to from where it was started, and the help by its button. */
export const isOffered = (section: Section, isRescue: boolean): section is OfferedSection =>
  section !== "operation" && section !== "help" && ((section !== "power" && section !== "terminal") || isRescue);

/** "#/restore/target?image=…" is of "restore". An address that names nothing is of the first page. */
export function sectionOf(hash: string): Section {
  const name = /^#\/([a-z]+)/.exec(hash)?.[1];
  return sections.find((section) => section === name) ?? "home";
}

/** Nobody has chosen a page yet. */
export const isFresh = (hash: string): boolean => /^#?\/?$/.test(hash);

export const addressOf = (section: Section): string => `#/${section}`;

export const operationAddress = (id: string): string => `#/operation/${encodeURIComponent(id)}`;
export const operationOf = (hash: string): string =>
  decodeURIComponent(/^#\/operation\/([^/?]*)/.exec(hash)?.[1] ?? "");
