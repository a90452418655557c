export const steps = ["image", "target", "layout", "review", "progress", "result"] as const;
export type Step = (typeof steps)[number];

/** What the address holds: enough to come back to the same page after a reload. */
export interface Route {
  readonly step: Step;
  readonly imageId: string | undefined;
  readonly targetId: string | undefined;
}

/** "#/restore/review?image=…&target=…" */
export function formatRoute(route: Route): string {
  const query = new URLSearchParams();
  if (route.imageId) query.set("image", route.imageId);
  if (route.targetId) query.set("target", route.targetId);
  const text = query.toString();
  return `#/restore/${route.step}${text && `?${text}`}`;
}

/** Whatever the address says, the result is a page that can be shown: an early step when something is missing. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/restore\/?/, "").split("?", 2);
  const params = new URLSearchParams(query);
  const imageId = params.get("image") || undefined;
  const targetId = params.get("target") || undefined;
  return { step: allowedStep(steps.find((step) => step === path) ?? "image", imageId, targetId), imageId, targetId };
}

/** Progress and Result need a job, which the address does not name: the store leads there itself. */
function allowedStep(wish: Step, imageId: string | undefined, targetId: string | undefined): Step {
  if (!imageId || wish === "image") return "image";
  return (wish === "layout" || wish === "review") && targetId ? wish : "target";
}
