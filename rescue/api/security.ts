import type { NextFunction, Request, Response } from "express";
import { LifeboatError } from "#base/errors.ts";

/** Passed by every request before anything else. */
export type Guard = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Every page that the machine's browser shows could send requests to a loopback port. What keeps foreign pages out:
 * the Host header must be a loopback name (a foreign name that resolves to 127.0.0.1, "DNS rebinding", is refused),
 * the Origin must be ours, and a POST must be JSON, which no foreign page can send without asking first (Fetch
 * standard, CORS-safelisted request headers).
 */
export function guard(request: Request, response: Response, next: NextFunction): void {
  setHeaders(request, response);
  const host = request.get("Host") ?? "";
  if (!loopbackHosts(request.socket.localPort).includes(host))
    throw new LifeboatError("FORBIDDEN", {
      reason: `the request is for ${host || "no host"}, which is not this server`,
    });
  refuseForeignPages(request, `http://${host}`);
  holdJson(request);
  next();
}

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

/** @throws REQUEST_INVALID */
export function holdJson(request: Request): void {
  if (request.method === "POST" && !isJson(request))
    throw new LifeboatError("REQUEST_INVALID", { path: "Content-Type", problem: "it must be application/json" });
}

const headers = {
  "Content-Security-Policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const loopbackHosts = (port: number | undefined): string[] =>
  ["127.0.0.1", "localhost", "[::1]"].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));

const isJson = (request: Request): boolean =>
  (request.get("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() === "application/json";
