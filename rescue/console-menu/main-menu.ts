import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError } from "#base/errors.ts";
import { choose } from "#rescue/console-menu/ask.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { jobScreen } from "#rescue/console-menu/job-screen.ts";
import { powerScreen, remoteScreen, secretsScreen, supportScreen } from "#rescue/console-menu/machine-screens.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { networkScreen } from "#rescue/console-menu/network-screen.ts";
import { restoreWizard } from "#rescue/console-menu/restore-wizard.ts";
import { sharesScreen } from "#rescue/console-menu/shares-screen.ts";

type Screen = (context: Context) => Promise<unknown>;

/** Runs until the line is closed or nobody has pressed a key for long. A job that runs is shown at once, whoever has started it. */
export async function mainMenu(context: Context): Promise<never> {
  let left: string | undefined;
  for (;;) {
    try {
      const running = (await context.client.call("jobs")).find(
        ({ state }) => state === "running" || state === "cancelling",
      );
      if (running && running.id !== left) {
        left = running.id;
        await jobScreen(context, running);
      }
      await (await chooseScreen(context, running !== undefined))(context);
    } catch (error) {
      if (!isLifeboatError(error, "SERVER_UNREACHABLE")) throw error;
      const { title, text } = messages.server;
      context.terminal.draw({ title, body: [{ text }, { text: "" }, { text: error.text }], keys: "" });
      await sleep(2000);
    }
  }
}

async function chooseScreen(context: Context, isBusy: boolean): Promise<Screen> {
  const m = messages.main;
  const { version } = await context.client.call("system");
  const { sealed, problem } = await context.client.call("settings");
  const choices: { value: Screen; label: string }[] = [
    { value: isBusy ? showJob : restore, label: m.restore },
    { value: sharesScreen, label: m.shares },
    { value: networkScreen, label: m.network },
    { value: remoteScreen, label: m.remote },
    { value: secretsScreen, label: m.secrets },
    { value: supportScreen, label: m.support },
    { value: powerScreen, label: m.power },
  ];
  const notes = [...(sealed === "locked" ? [m.locked] : []), ...(problem ? [problem.text] : [])];
  const lead = [m.lead(version), ...notes].join(" ");
  for (;;) {
    const chosen = await choose(context.terminal, { title: `${messages.product}: ${m.title}`, lead, choices });
    if (chosen.type === "chosen") return chosen.value;
  }
}

async function restore(context: Context): Promise<void> {
  const job = await restoreWizard(context);
  if (job) await jobScreen(context, job);
}

async function showJob(context: Context): Promise<void> {
  const job = (await context.client.call("jobs")).find(({ state }) => state === "running" || state === "cancelling");
  await (job ? jobScreen(context, job) : restore(context));
}
