import type { UnattendedState } from "#rescue/api/contract.ts";
import { choose, read } from "#rescue/console-menu/ask.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { wrap } from "#rescue/console-menu/text-width.ts";

/** How often the keyboard is looked at, and the server asked. */
const LOOK_MS = 500;
const ENDED: readonly UnattendedState["phase"][] = ["stopped", "failed", "done"];

/**
 * What the medium does by itself, to its end; a key stops the countdown, and asks before it stops what is being written.
 * @returns when there is nothing, or it is over and was read
 */
export async function unattendedScreen(context: Context): Promise<void> {
  const { client, terminal } = context;
  const m = messages.unattended;
  for (;;) {
    const state = await client.call("unattended");
    const { phase, secondsLeft, isHeld } = state;
    const title = state.title.text;
    const lines = state.lines.map(({ text }) => text);
    if (phase === "none") return;
    if (ENDED.includes(phase) && secondsLeft === undefined) {
      await read(terminal, { title, lines: [m[phase as "stopped" | "failed" | "done"], "", ...lines] });
      return;
    }
    const lead = leadOf(state);
    const body = [lead, "", ...lines].flatMap((text) => wrap(text, terminal.columns - 4));
    const keys = phase === "countdown" ? (isHeld ? m.keysHeld : m.keysCountdown) : m.keys;
    terminal.draw({ title, body: body.map((text, at) => ({ text, ...(at === 0 && { style: "bold" }) })), keys });
    const key = await terminal.key(LOOK_MS);
    if (!key) continue;
    const letter = key.name === "text" ? key.text.toLowerCase() : "";
    if (phase === "countdown" && (letter === "w" || letter === "g"))
      await client.call("steerUnattended", { body: { action: letter === "w" ? "hold" : "go-on" } });
    else if (phase === "running") await askToStop(context);
    else await client.call("steerUnattended", { body: { action: "stop" } });
  }
}

function leadOf({ phase, secondsLeft = 0, isHeld, afterwards }: UnattendedState): string {
  const m = messages.unattended;
  if (phase === "countdown") return isHeld ? m.held : m.begins(secondsLeft);
  if (phase === "done") return m.leaves(afterwards === "restart", secondsLeft);
  return phase === "running" ? messages.job.keepOn : m.waiting;
}

async function askToStop({ client, terminal }: Context): Promise<void> {
  const { stop: title, goOn, stopNow, stopText: lead } = messages.job;
  const choices = [
    { value: false, label: goOn },
    { value: true, label: stopNow },
  ];
  const chosen = await choose(terminal, { title, lead, choices });
  if (chosen.type === "chosen" && chosen.value) await client.call("steerUnattended", { body: { action: "stop" } });
}
