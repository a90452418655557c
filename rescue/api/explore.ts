import type { Express, Request, Response } from "express";
import { api, downloadPath } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import { folderOfImage, volumesOfImage } from "#rescue/explore/browse.ts";
import { download } from "#rescue/explore/download.ts";
import type { Explorations } from "#rescue/explore/explorations.ts";
import type { ImageNotes } from "#rescue/explore/image-notes.ts";

export interface ExploreDeps {
  readonly explore?: { readonly explorations: Explorations; readonly notes: ImageNotes };
}

/** What is in an image, and what is kept beside it. */
export function exploreRoutes(app: Express, serve: Serve, { explore }: ExploreDeps): void {
  if (!explore) return;
  const { explorations, notes } = explore;
  serve(api.imageVolumes, (_request, { imageId }) => volumesOfImage(explorations, imageId));
  serve(api.imageFolder, ({ path }, { imageId }) => folderOfImage(explorations, imageId, path));
  serve(api.imageKeys, (_request, { imageId }) => notes.keys(imageId));
  serve(api.addImageKey, ({ existing, added }, { imageId }) => notes.addKey(imageId, existing, added));
  serve(api.addRecoveryKey, ({ existing }, { imageId }) => notes.addRecoveryKey(imageId, existing));
  serve(api.removeImageKey, ({ existing, slotId }, { imageId }) => notes.removeKey(imageId, existing, slotId));
  serve(api.pointMark, (_request, { imageId }) => notes.mark(imageId));
  serve(api.setPointMark, (mark, { imageId }) => notes.setMark(imageId, mark));
  serve(api.retention, (rules, { imageId }) => notes.retention(imageId, rules));
  app.get(downloadPath, async (request: Request<{ imageId: string }>, response: Response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { path } = request.query;
    try {
      await download(explorations, request.params.imageId, typeof path === "string" ? path : "", {
        gone: gone.signal,
        begin({ name, size }) {
          response.attachment(name).type("application/octet-stream");
          if (size !== undefined) response.set("Content-Length", String(size));
          return response;
        },
      });
    } catch (error) {
      // Once bytes are on their way, only the break tells that they are not all.
      if (response.headersSent) response.destroy();
      else throw error;
    }
  });
}
