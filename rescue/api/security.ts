import type { NextFunction, Request, Response } from "express";
import { LifeboatError } from "#base/errors.ts";
import { holdJson, refuseForeignPages, setHeaders } from "#base/http/security.ts";

/**
 * Every page that the machine's browser shows could send requests to a loopback port. What keeps foreign pages out:
 * the Host header must be a loopback name (a foreign name that resolves to 127.0.0.1, "DNS rebinding", is refused),
 * the Origin must be ours, and a POST must be JSON.
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

const loopbackHosts = (port: number | undefined): string[] =>
  ["127.0.0.1", "localhost", "[::1]"].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
