import { isIP } from "node:net";
import { hostname } from "node:os";
import type { NextFunction, Request, Response } from "express";
import { LifeboatError } from "#base/errors.ts";
import { cookieIn, holdJson, hostIn, refuseForeignPages, setHeaders } from "#base/http/security.ts";
import { pair } from "#rescue/api/contract.ts";
import type { Entrance } from "#rescue/api/http.ts";
import { PAIR_PAGE, PAIR_SCRIPT, PAIR_STYLE } from "#rescue/remote/pair-page.ts";
import type { Pairing } from "#rescue/remote/pairing.ts";

/** `__Host-`: of this very host and port, sent over TLS only (RFC 6265bis, 4.1.3.2). */
const COOKIE = "__Host-lifeboat";
const COOKIE_RULES = "Path=/; Secure; HttpOnly; SameSite=Strict";

const PUBLIC: Readonly<Record<string, readonly [type: string, text: string]>> = {
  "/pair.js": ["text/javascript", PAIR_SCRIPT],
  "/pair.css": ["text/css", PAIR_STYLE],
};

/**
 * What every request from the network has to pass: it is for this machine by an address or its own name (a name that somebody else
 * owns is refused, "DNS rebinding"), it does not come from a foreign page, and its browser has given the code.
 */
const remoteGuard =
  (pairing: Pairing) =>
  (request: Request, response: Response, next: NextFunction): void => {
    setHeaders(request, response);
    const host = request.get("Host") ?? "";
    if (!isOurs(host))
      throw new LifeboatError("FORBIDDEN", {
        reason: `the request is for ${host || "no host"}, which is not this server`,
      });
    refuseForeignPages(request, `https://${host}`);
    holdJson(request);
    const file = PUBLIC[request.path];
    if (file) response.type(file[0]).send(file[1]);
    else if (pairing.isPaired(cookieIn(request, COOKIE))) next();
    else if (request.method === "POST" && request.path === pair.path) next();
    else if (request.method === "GET" && request.path === "/") response.type("html").send(PAIR_PAGE);
    else throw new LifeboatError("REMOTE_NOT_PAIRED", {});
  };

/**
 * The way in from the network. A plain route of its own: a reply with a token in it must not be repeated to whoever sends the same
 * Idempotency-Key.
 */
export const remoteEntrance = (pairing: Pairing): Entrance => ({
  guard: remoteGuard(pairing),
  routes(app, _serve) {
    app.post(pair.path, (request: Request, response: Response) => {
      const { success, data } = pair.body.safeParse(request.body);
      if (!success) throw new LifeboatError("REQUEST_INVALID", { path: "code", problem: "it is missing" });
      response.set("Set-Cookie", `${COOKIE}=${pairing.pair(data.code)}; ${COOKIE_RULES}`).json({});
    });
  },
});

function isOurs(host: string): boolean {
  const name = hostIn(host);
  return isIP(name) !== 0 || [hostname(), `${hostname()}.local`].includes(name);
}
