import { batch } from "@preact/signals";
import { load, NOTHING } from "#ui/api/loaded.ts";
import type { RestoreState, StepTools } from "#ui/restore/state.ts";

/** Lists the images; one that is the only one is chosen, and one that is gone or locked by now is no more restored. */
export async function loadImages(state: RestoreState, tools: StepTools, rescan: boolean): Promise<void> {
  const images = await load(state.images, () => tools.api.call(rescan ? "rescanImages" : "images"));
  if (!images) return;
  const intact = images.filter((image) => !image.problem);
  if (!intact.some((image) => image.id === state.sourceId.value)) {
    const [only, ...others] = intact;
    chooseImage(state, tools, only && others.length === 0 ? only.id : undefined);
  }
  // A server that was started anew has forgotten the keys.
  const isOpen = intact.some((image) => image.id === state.sourceId.value && image.manifest);
  if (!isOpen && (state.step.value === "target" || state.step.value === "review")) tools.go("image");
}

export function chooseImage(state: RestoreState, tools: StepTools, id: string | undefined): void {
  if (id === state.sourceId.value) return;
  batch(() => {
    state.sourceId.value = id;
    state.targetId.value = undefined;
    state.password.value = "";
    state.unlocking.value = NOTHING;
    state.targets.value = NOTHING;
    state.layout.value = NOTHING;
    state.wishes.forgetPlaces();
    state.forgetPlan();
  });
  tools.remember();
}

/** @returns whether the chosen image is open now; if not, `unlocking` has the reason. */
export async function unlockImage(state: RestoreState, { api }: StepTools): Promise<boolean> {
  const imageId = state.sourceId.value;
  const password = state.password.value;
  if (!imageId || password === "" || state.unlocking.value.busy) return false;
  const image = await load(state.unlocking, () => api.call("unlockImage", { params: { imageId }, body: { password } }));
  batch(() => {
    if (state.sourceId.value !== imageId) state.unlocking.value = NOTHING;
    else if (image) state.password.value = "";
    const { value: images } = state.images.value;
    if (image && images)
      state.images.value = { ...state.images.value, value: images.map((i) => (i.id === imageId ? image : i)) };
  });
  return image !== undefined;
}
