import type { NextFunction, Request, Response } from "express";
import { LifeboatError } from "#base/errors.ts";

/** Passed by every request before anything else. */
export type Guard = (request: Request, response: Response, next: NextFunction) => void;

/** Nothing of a page of ours comes from elsewhere, no script stands in it, and nobody shows it in a frame. */
const headers = {
  "Content-Security-Policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export function setHeaders(request: Request, response: Response): void {
  response.set(headers);
  if (request.path.startsWith("/api/")) response.set("Cache-Control", "no-store");
}

/** @throws FORBIDDEN */
export function refuseForeignPages(request: Request, ours: string): void {
  const origin = request.get("Origin");
  if (origin !== undefined && origin !== ours)
    throw new LifeboatError("FORBIDDEN", { reason: `the request comes from a page of ${origin}` });
}

/** No foreign page can send JSON without asking first (Fetch standard, CORS-safelisted request headers). @throws REQUEST_INVALID */
export function holdJson(request: Request): void {
  if (request.method === "POST" && !isJson(request))
    throw new LifeboatError("REQUEST_INVALID", { path: "Content-Type", problem: "it must be application/json" });
}

const isJson = (request: Request): boolean =>
  (request.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() === "application/json";

/** A cookie of a request. */
export function cookieIn(request: Request, wanted: string): string | undefined {
  for (const part of (request.get("Cookie") ?? "").split(";")) {
    const [name, value] = part.trim().split("=");
    if (name === wanted) return value;
  }
  return undefined;
}

/** The name or address in a Host header, without brackets and port. */
export const hostIn = (host: string): string =>
  /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(host)?.slice(1).find(Boolean)?.toLowerCase() ?? "";
