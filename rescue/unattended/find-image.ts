import type { UnattendedRestore } from "#base/medium/unattended-plan.ts";
import type { FoundImage } from "#rescue/api/contract.ts";

/** What to restore, the disk that it lies on, and the id of the disk that it is of; or what it waits for; or why it is none. */
export type WantedImage =
  | { readonly path: string; readonly diskId: string; readonly imageId?: string; readonly tableId?: string }
  | { readonly waits: string }
  | { readonly reason: string };

/** The image that a template means, among those that were found. */
export function findImage({ image, place }: UnattendedRestore, found: readonly FoundImage[]): WantedImage {
  if (/^https?:/i.test(image)) return { path: image, diskId: "" };
  const wanted = image.replaceAll("\\", "/").replace(/^\/+/, "");
  const isMeant = (one: FoundImage) =>
    (place === undefined || one.place === place) && `/${one.path}`.endsWith(`/${wanted}`);
  const [one, other] = found.filter(isMeant);
  const where = place === undefined ? "" : ` in ${place}`;
  if (!one) return { waits: `${image} has not been found${where} yet` };
  if (other) return { reason: `there is more than one ${image}${where}: ${one.place}, ${other.place}` };
  if (one.problem) return { reason: `${image} cannot be used: ${one.problem.text}` };
  if (one.protection === "locked") return { reason: `${image} is encrypted, and nobody is here to type its password` };
  const tableId = one.manifest?.table.diskId;
  return { path: one.path, diskId: one.diskId, imageId: one.id, ...(tableId !== undefined && { tableId }) };
}
