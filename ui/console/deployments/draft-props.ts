import type { Draft } from "#ui/console/deployments/draft.ts";

/** What each part of the form has of it. */
export interface DraftProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}
