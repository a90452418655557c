import express, { type RequestHandler, type Router } from "express";
import { IMAGE_PATH } from "#base/deployment/order.ts";
import { fileHandler } from "../http/file-handler.ts";
import { Pace } from "../net/pace.ts";
import { ServedRoot } from "../net/served-root.ts";
import { PieceHashes } from "../swarm/piece-hashes.ts";
import { hasToken } from "../swarm/token.ts";
import { trackerRoutes } from "../swarm/tracker-routes.ts";
import { Trackers } from "../swarm/trackers.ts";
import type { FleetDeps } from "./fleet.ts";
import { swarmTokenOf } from "./fleet-orders.ts";
import { isAddress, pointFolder } from "./point-folder.ts";

/** Milliseconds for which a deployment is not asked for again. */
const FRESH = 5000;

interface Image {
  readonly handler: RequestHandler;
  readonly path: string;
  readonly limit: number | undefined;
}

/**
 * The images of deployments, each for who has its token and for nobody else, with a swarm of its own. Of a repository there is no more to
 * see than the point, and the packs that it shares with others.
 */
export function imageRoutes({ store, key }: Pick<FleetDeps, "store" | "key">): Router {
  const images = new Map<string, { readonly found: Promise<Image | undefined>; readonly until: number }>();

  async function imageOf(id: string, before: Image | undefined): Promise<Image | undefined> {
    const deployment = await store.read((rows) => rows.findDeployment(id));
    const { work, limit } = deployment?.spec ?? {};
    if (!deployment || deployment.state === "cancelled" || work?.kind !== "restore" || isAddress(work.point))
      return undefined;
    // What its machines hold is known to the swarm that there is.
    if (before?.path === work.point && before.limit === limit) return before;
    return openImage(work.point, limit, swarmTokenOf(key, id));
  }

  const router = express.Router();
  router.use(`${IMAGE_PATH}/:deployment`, async (request, response, next) => {
    const { deployment } = request.params;
    // Before anything is looked for: who has no token does not hear what there is.
    if (!hasToken(request.get("authorization"), swarmTokenOf(key, deployment))) return void response.status(401).end();
    const known = images.get(deployment);
    if (!known || known.until < performance.now()) {
      const before = await known?.found.catch(() => undefined);
      images.set(deployment, { found: imageOf(deployment, before), until: performance.now() + FRESH });
    }
    const image = await images.get(deployment)?.found.catch(() => undefined);
    if (image) image.handler(request, response, next);
    else response.status(404).end();
  });
  return router;
}

async function openImage(path: string, limit: number | undefined, token: string): Promise<Image> {
  const { folder, point } = await pointFolder(path);
  const root = await ServedRoot.open(folder);
  const isOfIt = (file: string) =>
    [`/${point}`, "/lifeboat.repository", "/index/", "/condemned/"].includes(file) ||
    /^\/(packs|index|condemned)\/[^/]/.test(file);
  const mayNotLoad = async (_address: string, file: string) => (isOfIt(file) ? undefined : "it is of no deployment");
  const handler = express.Router();
  handler.use(trackerRoutes({ trackers: new Trackers(), hashes: new PieceHashes(root), token }));
  handler.use(fileHandler(root, undefined, mayNotLoad, limit === undefined ? undefined : new Pace(limit)));
  return { handler, path, limit };
}
