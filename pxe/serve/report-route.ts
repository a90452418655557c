import express, { type RequestHandler } from "express";

/** Where machines say how far they are: POST, JSON. Beside the files of the root, under a name that none of them has. */
export const REPORT_PATH = "/.lifeboat/report";
/** Bytes. */
const MOST = 8192;

/** @param take false: it is no report */
export function reportRoute(take: (address: string, body: unknown) => boolean): RequestHandler {
  const router = express.Router();
  router.post(REPORT_PATH, express.json({ limit: MOST }), (request, response) => {
    response.status(take(request.socket.remoteAddress ?? "", request.body) ? 204 : 400).end();
  });
  // What the reader of JSON does not take has a status of its own; its words would show paths of this machine.
  router.use((error: { status?: number }, _request: express.Request, response: express.Response, _next: unknown) => {
    response.status(error.status ?? 400).end();
  });
  return router;
}
