/** Errors of Linux for which libuv, and so Node, has no name (errno(3); libuv include/uv.h, UV_ERRNO_MAP). */
const UNNAMED: Readonly<Record<number, string>> = {
  67: "ENOLINK",
  116: "ESTALE",
  122: "EDQUOT",
  123: "ENOMEDIUM",
  124: "EMEDIUMTYPE",
};

/** The name of the system's error, such as "ENOSPC"; "" for what is no error of the system. */
export function errnoName(error: unknown): string {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  const unnamed = typeof errno === "number" ? UNNAMED[Math.abs(errno)] : undefined;
  return unnamed ?? (typeof code === "string" ? code : "");
}

/** No room: the disk is full, a quota is used up, or the file system takes no larger file. */
export const isFull = (error: unknown): boolean => ["ENOSPC", "EDQUOT", "EFBIG"].includes(errnoName(error));

/** What Node says of it, with the error's name where Node has a number only. */
export const errnoReason = (error: unknown): string =>
  (error as Error).message.replaceAll(/Unknown system error -?\d+/g, () => errnoName(error));
