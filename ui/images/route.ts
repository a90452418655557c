/** What of the images is shown: all of them, one, or a folder of one. */
export interface ImagesRoute {
  readonly imageId: string | undefined;
  /** "/2-ext4-root/etc"; "/": its volumes. Absent: not its files, but what is known of it. */
  readonly path: string | undefined;
}

/** "#/images?image=…&path=…" */
export function formatImagesRoute({ imageId, path }: ImagesRoute): string {
  const query = new URLSearchParams();
  if (imageId) query.set("image", imageId);
  if (imageId && path) query.set("path", path);
  const text = query.toString();
  return `#/images${text && `?${text}`}`;
}

export function parseImagesRoute(hash: string): ImagesRoute {
  const params = new URLSearchParams(hash.split("?", 2)[1] ?? "");
  const imageId = params.get("image") || undefined;
  return { imageId, path: (imageId && params.get("path")) || undefined };
}

/** The folder that a path lies in; "/" for a volume. */
export const parentOf = (path: string): string => path.replace(/\/[^/]*$/, "") || "/";

export const childOf = (path: string, name: string): string => `${path === "/" ? "" : path}/${name}`;
