import type { SourceKind } from "#ui/restore/route.ts";

/** What texts begin with that a clone says otherwise than a restore: t(`${wordsOf(kind)}review.start`). */
export const wordsOf = (kind: SourceKind): "" | "clone." => (kind === "clone" ? "clone." : "");
