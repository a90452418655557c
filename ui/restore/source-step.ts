import { batch } from "@preact/signals";
import { load, NOTHING } from "#ui/api/loaded.ts";
import type { RestoreState, StepTools } from "#ui/restore/state.ts";

/** Of a clone: lists the disks. One that is gone by now is no more cloned. */
export async function loadDisks(state: RestoreState, tools: StepTools): Promise<void> {
  const disks = await load(state.disks, () => tools.api.call("disks"));
  if (!disks || !state.sourceId.value || state.sourceDisk.value) return;
  chooseSource(state, tools, undefined);
  tools.go("source");
}

/** What was wanted of another source's partitions is of no use any more. */
export function chooseSource(state: RestoreState, tools: StepTools, id: string | undefined): void {
  if (id === state.sourceId.value) return;
  batch(() => {
    state.sourceId.value = id;
    state.targetId.value = undefined;
    state.targets.value = NOTHING;
    state.layout.value = NOTHING;
    state.wishes.forgetPlaces();
    state.forgetPlan();
  });
  tools.remember();
}
