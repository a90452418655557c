/** What is written to a target: an image, or a disk that is cloned. */
export type SourceKind = "restore" | "clone";

const ORDER = ["image", "source", "target", "layout", "review", "progress", "result"] as const;
export type Step = (typeof ORDER)[number];

export const firstStep = (kind: SourceKind): Step => (kind === "clone" ? "source" : "image");
export const stepsOf = (kind: SourceKind): readonly Step[] =>
  ORDER.filter((step) => step !== firstStep(kind === "clone" ? "restore" : "clone"));

/** What the address holds: enough to come back to the same page after a reload. */
export interface Route {
  readonly step: Step;
  /** Of the image, or of the disk. */
  readonly sourceId: string | undefined;
  readonly targetId: string | undefined;
}

const SOURCE_NAMES = { restore: "image", clone: "disk" } as const;

/** "#/restore/review?image=…&target=…", "#/clone/review?disk=…&target=…" */
export function formatRoute(route: Route, kind: SourceKind = "restore"): string {
  const query = new URLSearchParams();
  if (route.sourceId) query.set(SOURCE_NAMES[kind], route.sourceId);
  if (route.targetId) query.set("target", route.targetId);
  const text = query.toString();
  return `#/${kind}/${route.step}${text && `?${text}`}`;
}

/** Whatever the address says, the result is a page that can be shown: an early step when something is missing. */
export function parseRoute(hash: string, kind: SourceKind = "restore"): Route {
  const [path = "", query = ""] = hash.replace(new RegExp(`^#/${kind}/?`), "").split("?", 2);
  const params = new URLSearchParams(query);
  const sourceId = params.get(SOURCE_NAMES[kind]) || undefined;
  const targetId = params.get("target") || undefined;
  const first = firstStep(kind);
  const wish = stepsOf(kind).find((step) => step === path) ?? first;
  return { step: sourceId ? allowedStep(wish, first, targetId) : first, sourceId, targetId };
}

/** Progress and Result need a job, which the address does not name: the store leads there itself. */
function allowedStep(wish: Step, first: Step, targetId: string | undefined): Step {
  if (wish === first) return first;
  return (wish === "layout" || wish === "review") && targetId ? wish : "target";
}
