import { isLifeboatError } from "#base/errors.ts";

/** Why a disk or its table could not be read, in words that stand behind a code or a disk's name. */
export function problemText(error: unknown): string {
  const { code, message, cause } = error as NodeJS.ErrnoException;
  const errno = (cause as NodeJS.ErrnoException | undefined)?.code ?? code;
  if (errno === "EACCES" || errno === "EPERM") return "it cannot be read (try as root)";
  return isLifeboatError(error) ? error.text : message;
}
