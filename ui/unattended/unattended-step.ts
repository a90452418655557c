import type { Signal } from "@preact/signals";
import type { UnattendedRequest, UnattendedState } from "#rescue/api/contract.ts";
import type { Api } from "#ui/api/client.ts";

const ASK_MS = 1000;

interface State {
  readonly unattended: Signal<UnattendedState | undefined>;
}

/** Nothing more changes by itself. */
export const isSettled = ({ phase, secondsLeft }: UnattendedState): boolean =>
  ["none", "stopped", "failed", "done"].includes(phase) && secondsLeft === undefined;

/** Follows what the medium does by itself, until that is over. A server that does not answer for a moment is asked again. */
export async function watchUnattended(state: State, api: Api): Promise<void> {
  const ask = () => api.call("unattended").catch(() => state.unattended.value);
  state.unattended.value = await ask();
  const follow = async () => {
    const now = await ask();
    state.unattended.value = now;
    if (now && !isSettled(now)) setTimeout(follow, ASK_MS);
  };
  if (state.unattended.value && !isSettled(state.unattended.value)) setTimeout(follow, ASK_MS);
}

export async function steerUnattended(state: State, api: Api, action: UnattendedRequest["action"]): Promise<void> {
  state.unattended.value = await api.call("steerUnattended", { body: { action } });
}
