/** A name that was read from a disk, for terminals and logs: what would steer those is replaced. */
export const plainName = (name: string): string => name.replaceAll(/\p{C}/gu, "\u{fffd}");
