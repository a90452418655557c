import type { Machine } from "../machines/machine.ts";

/** Bytes of a label (RFC 1123, section 2.1). */
const MOST = 63;

/**
 * The host name that a pattern gives one machine of a deployment: what no host name may have becomes a dash.
 * @param pattern as `HostnamePattern`
 */
export function hostnameOf(pattern: string, number: number, { name, serial = "" }: Pick<Machine, "name" | "serial">) {
  const text = pattern.replace(/\{(n|name|serial)(?::0?(\d))?\}/g, (_, what: string, width: string | undefined) => {
    if (what === "n") return String(number).padStart(Number(width ?? 1), "0");
    return what === "name" ? name : serial;
  });
  const plain = text.replaceAll(/[^A-Za-z0-9-]+/g, "-").slice(0, MOST);
  return plain.replace(/^-+|-+$/g, "") || `machine-${number}`;
}

/** What one machine of a deployment is called: as its identity says, else by the pattern; undefined: as in the image. */
export const nameOf = (
  own: string | undefined,
  pattern: string | undefined,
  number: number,
  machine: Pick<Machine, "name" | "serial">,
): string | undefined => own ?? (pattern === undefined ? undefined : hostnameOf(pattern, number, machine));
