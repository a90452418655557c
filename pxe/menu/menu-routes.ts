import express, { type Request, type RequestHandler, type Response } from "express";
import type { HttpEvent } from "../http/file-handler.ts";
import { memoryOf } from "./memory-facts.ts";
import type { MenuService } from "./menu-service.ts";
import { entryOfPath, MENU_FILES } from "./paths.ts";

export interface MenuRoutes {
  readonly service: MenuService;
  /** Why a client does not get a file. */
  readonly mayNotLoad: ((address: string, file: string) => Promise<string | undefined>) | undefined;
  readonly onEvent: (event: HttpEvent) => void;
}

/** Menus, and what starts their entries, in place of files of the folder. */
export function menuRoutes({ service, mayNotLoad, onEvent }: MenuRoutes): RequestHandler {
  const router = express.Router();
  router.get([...MENU_FILES.map((file) => `/${file}`), "/.lifeboat/menu/:file"], async (request, response) => {
    const started = performance.now();
    const client = request.socket.remoteAddress ?? "?";
    const { path, method } = request;
    if ((await mayNotLoad?.(client, path)) === undefined) await answer(service, client, request, response);
    else response.status(403).end();
    const bytes = method === "HEAD" ? 0 : Number(response.get("Content-Length") ?? 0);
    onEvent({
      // Without what stands behind the question mark.
      ...{ type: "answered", client, method, file: path, status: response.statusCode, bytes, isWhole: true },
      ...{ seconds: (performance.now() - started) / 1000, agent: request.get("user-agent") },
    });
  });
  return router;
}

async function answer(service: MenuService, client: string, request: Request, response: Response): Promise<void> {
  const login = loginOf(request.get("authorization"));
  const made = entryOfPath(request.path)
    ? await service.entry(request.path, { address: client, memory: memoryOf(request.query), login })
    : await service.menuFile(request.path, client);
  if (made === undefined) return void response.status(404).end();
  if (made === "login") return void response.set("WWW-Authenticate", 'Basic realm="Lifeboat"').status(401).end();
  const text = typeof made === "string" ? made : made.text;
  // GRUB 2.12 takes this header in this case only. What another computer gets is another text.
  response.set({
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(text)),
    "Cache-Control": "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : text);
}

/** RFC 7617, section 2. */
function loginOf(header: string | undefined): { name: string; password: string } | undefined {
  const [, token] = /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(header ?? "") ?? [];
  const text = token === undefined ? "" : Buffer.from(token, "base64").toString("utf8");
  const at = text.indexOf(":");
  return at < 0 ? undefined : { name: text.slice(0, at), password: text.slice(at + 1) };
}
