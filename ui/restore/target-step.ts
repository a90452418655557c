import { batch } from "@preact/signals";
import type { TargetChoice } from "#rescue/api/contract.ts";
import { load, NOTHING } from "#ui/api/loaded.ts";
import type { RestoreState, StepTools } from "#ui/restore/state.ts";

/** Lists the targets. None is chosen unasked, but the only one that fits when nothing at all is on it. */
export async function loadTargets(state: RestoreState, tools: StepTools): Promise<void> {
  const source = state.sourceIds;
  if (!source) return;
  const choices = await load(state.targets, () =>
    "diskId" in source
      ? tools.api.call("cloneTargets", { params: source })
      : tools.api.call("targets", { params: source }),
  );
  if (!choices) return;
  const fitting = choices.filter((choice) => !choice.refusal);
  if (fitting.some((choice) => choice.disk.id === state.targetId.value)) return;
  const [only, ...others] = fitting;
  chooseTarget(state, tools, only && others.length === 0 && holdsNothing(only) ? only.disk.id : undefined);
}

export function chooseTarget(state: RestoreState, tools: StepTools, id: string | undefined): void {
  if (id === state.targetId.value) return;
  batch(() => {
    state.targetId.value = id;
    state.layout.value = NOTHING;
    state.wishes.forgetPlaces(state.target.value?.needsLayout !== undefined);
    state.forgetPlan();
  });
  tools.remember();
}

/** An unfinished restore has no table any more, and yet somebody chose that disk: it is not offered unasked. */
export const holdsNothing = ({ disk }: TargetChoice): boolean =>
  disk.table.type === "none" &&
  disk.table.problems.length === 0 &&
  disk.partitions.length === 0 &&
  disk.unfinishedRestore === undefined;
