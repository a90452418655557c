export const captureSteps = ["source", "place", "options", "review"] as const;
export type CaptureStep = (typeof captureSteps)[number];

/** What the address holds: enough to come back to the same page after a reload. */
export interface CaptureRoute {
  readonly step: CaptureStep;
  readonly diskId: string | undefined;
  readonly placeId: string | undefined;
}

/** "#/capture/options?disk=…&place=…" */
export function formatCaptureRoute({ step, diskId, placeId }: CaptureRoute): string {
  const query = new URLSearchParams();
  if (diskId) query.set("disk", diskId);
  if (placeId) query.set("place", placeId);
  const text = query.toString();
  return `#/capture/${step}${text && `?${text}`}`;
}

/** Whatever the address says, the result is a page that can be shown. The review needs what is in no address: it follows the options. */
export function parseCaptureRoute(hash: string): CaptureRoute {
  const [path = "", query = ""] = hash.replace(/^#\/capture\/?/, "").split("?", 2);
  const params = new URLSearchParams(query);
  const diskId = params.get("disk") || undefined;
  const placeId = params.get("place") || undefined;
  const wish = captureSteps.find((step) => step === path) ?? "source";
  const step = !diskId || wish === "source" ? "source" : !placeId || wish === "place" ? "place" : "options";
  return { step, diskId, placeId };
}
