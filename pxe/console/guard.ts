import { isIP } from "node:net";
import { hostname } from "node:os";
import type { NextFunction, Request, Response } from "express";
import { LifeboatError } from "#base/errors.ts";
import { cookieIn, type Guard, holdJson, hostIn, refuseForeignPages, setHeaders } from "#base/http/security.ts";

export interface Door {
  readonly isSecure: boolean;
  /** Names of this server besides its addresses and its host name. */
  readonly names: readonly string[];
}

/** Whether a Host header means this server. A name that somebody else owns does not, whatever it resolves to ("DNS rebinding"). */
export function isOurHost(host: string, names: readonly string[]): boolean {
  const name = hostIn(host);
  const own = hostname().toLowerCase();
  return (
    isIP(name) !== 0 || ["localhost", own, `${own}.local`, ...names.map((one) => one.toLowerCase())].includes(name)
  );
}

/** What each request has to pass before it is asked on whose behalf it is: it is for this server, and not of a foreign page. */
export const consoleGuard =
  ({ isSecure, names }: Door): Guard =>
  (request: Request, response: Response, next: NextFunction): void => {
    setHeaders(request, response);
    const host = request.get("Host") ?? "";
    if (!isOurHost(host, names))
      throw new LifeboatError("FORBIDDEN", {
        reason: `the request is for ${host || "no host"}, which is not this server`,
      });
    refuseForeignPages(request, `${isSecure ? "https" : "http"}://${host}`);
    holdJson(request);
    next();
  };

/** `__Host-`: of this very host, sent over TLS only (RFC 6265bis, section 4.1.3.2). */
const cookieName = ({ isSecure }: Door): string => (isSecure ? "__Host-lifeboat-console" : "lifeboat-console");

const rules = ({ isSecure }: Door): string => `Path=/; HttpOnly; SameSite=Strict${isSecure ? "; Secure" : ""}`;

/** It ends with the browser, or when the server says so. */
export const setCookie = (response: Response, door: Door, secret: string): void =>
  void response.append("Set-Cookie", `${cookieName(door)}=${secret}; ${rules(door)}`);

export const clearCookie = (response: Response, door: Door): void =>
  void response.append("Set-Cookie", `${cookieName(door)}=; Max-Age=0; ${rules(door)}`);

/** What a request shows: a token of a program, else a browser's cookie. */
export function secretIn(request: Request, door: Door): string | undefined {
  const [, token] = /^Bearer ([\w-]{20,200})$/.exec(request.get("Authorization") ?? "") ?? [];
  return token ?? cookieIn(request, cookieName(door));
}
