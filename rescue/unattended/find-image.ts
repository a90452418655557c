import type { UnattendedRestore } from "#base/medium/unattended-plan.ts";
import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";
import { sayError } from "#imaging/words/say-problem.ts";
import type { FoundImage } from "#rescue/api/contract.ts";

/** What to restore, the disk that it lies on, and the id of the disk that it is of; or what it waits for; or why it is none. */
export type WantedImage =
  | { readonly path: string; readonly diskId: string; readonly imageId?: string; readonly tableId?: string }
  | { readonly waits: Sentence }
  | { readonly reason: Sentence };

/** The image that a template means, among those that were found. */
export function findImage({ image, place }: UnattendedRestore, found: readonly FoundImage[]): WantedImage {
  if (/^https?:/i.test(image)) return { path: image, diskId: "" };
  const wanted = image.replaceAll("\\", "/").replace(/^\/+/, "");
  const isMeant = (one: FoundImage) =>
    (place === undefined || one.place === place) && `/${one.path}`.endsWith(`/${wanted}`);
  const [one, other] = found.filter(isMeant);
  if (!one)
    return {
      waits: place === undefined ? say("says.not-found", { image }) : say("says.not-found-in", { image, place }),
    };
  if (other) {
    const places = `${one.place}, ${other.place}`;
    const reason =
      place === undefined ? say("says.images", { image, places }) : say("says.images-in", { image, place, places });
    return { reason };
  }
  if (one.problem) return { reason: say("says.unusable", { image, problem: sayError(one.problem) }) };
  if (one.protection === "locked") return { reason: say("says.locked", { image }) };
  const tableId = one.manifest?.table.diskId;
  return { path: one.path, diskId: one.diskId, imageId: one.id, ...(tableId !== undefined && { tableId }) };
}
