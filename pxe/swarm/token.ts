import { timingSafeEqual } from "node:crypto";

/** Whether a request has the right `Authorization: Bearer TOKEN` (RFC 6750, section 2.1); how long that takes says nothing. */
export function hasToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? "");
  const wanted = Buffer.from(bearer(token));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

export const bearer = (token: string): string => `Bearer ${token}`;
