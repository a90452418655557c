import { load } from "#ui/api/loaded.ts";
import { roundDownMib } from "#ui/parts/size.ts";
import type { RestoreState, StepTools } from "#ui/restore/state.ts";
import { layoutOf } from "#ui/restore/wish.ts";

/** Asks how the partitions would lie. Where one goes into a place of the disk, the plan itself tells that. */
export async function askLayout(state: RestoreState, { api }: Pick<StepTools, "api">): Promise<void> {
  const [source, targetId] = [state.sourceIds, state.targetId.value];
  const { wishes } = state;
  const isNothingChosen = wishes.what.value === "some" && wishes.some.value.length === 0;
  if (!source || !targetId || wishes.isInto.value || isNothingChosen) return;
  const layout = layoutOf(wishes) ?? { mode: "keep" };
  const isByHand = layout.mode === "manual" && (layout.partitions ?? []).length === 0;
  // Sizes by hand begin with those that the partitions have, as far as they can.
  const asked = isByHand ? { mode: "shrink" as const } : layout;
  const answer = await load(state.layout, () =>
    api.call("planLayout", { body: { ...source, targetId, layout: asked } }),
  );
  if (!isByHand || !answer) return;
  const planned = answer.planned?.partitions ?? [];
  const sizes = answer.limits.flatMap(({ number, size }) => {
    const found = planned.find(({ source }) => source === number);
    return found || planned.length === 0 ? [[number, roundDownMib(found?.size ?? size)] as const] : [];
  });
  wishes.byHand.value = Object.fromEntries(sizes);
}
