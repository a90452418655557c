import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError } from "#base/errors.ts";
import { choose } from "#rescue/console-menu/ask.ts";
import { captureWizard } from "#rescue/console-menu/capture-wizard.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { jobScreen } from "#rescue/console-menu/job-screen.ts";
import { powerScreen, remoteScreen, secretsScreen, supportScreen } from "#rescue/console-menu/machine-screens.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { networkScreen } from "#rescue/console-menu/network-screen.ts";
import { notesOf } from "#rescue/console-menu/notes.ts";
import { cloneWizard, repairWizard, verifyWizard } from "#rescue/console-menu/operation-wizards.ts";
import { restoreWizard } from "#rescue/console-menu/restore-wizard.ts";
import { sharesScreen } from "#rescue/console-menu/shares-screen.ts";
import { type FollowedJob, isEnded, restoreJob, runningJob } from "#rescue/console-menu/shown-job.ts";
import { unattendedScreen } from "#rescue/console-menu/unattended-screen.ts";

type Screen = (context: Context) => Promise<unknown>;
type Wizard = (context: Context) => Promise<FollowedJob | undefined>;

/** Runs until the line is closed or nobody has pressed a key for long. A job that runs is shown at once, whoever has started it. */
export async function mainMenu(context: Context): Promise<never> {
  let left: string | undefined;
  let isByHand = false;
  for (;;) {
    try {
      if (!isByHand) await unattendedScreen(context);
      isByHand = true;
      const running = await runningJob(context.client);
      if (running && running.first.id !== left) {
        left = running.first.id;
        await jobScreen(context, running);
      }
      await (await chooseScreen(context))(context);
    } catch (error) {
      if (!isLifeboatError(error, "SERVER_UNREACHABLE")) throw error;
      const { title, text } = messages.server;
      context.terminal.draw({ title, body: [{ text }, { text: "" }, { text: error.text }], keys: "" });
      await sleep(2000);
    }
  }
}

async function chooseScreen(context: Context): Promise<Screen> {
  const m = messages.main;
  const system = await context.client.call("system");
  const settings = await context.client.call("settings");
  const choices: { value: Screen; label: string }[] = [
    { value: job(restore), label: m.restore },
    { value: job(captureWizard), label: m.capture },
    { value: job(cloneWizard), label: m.clone },
    { value: job(verifyWizard), label: m.verify },
    { value: job(repairWizard), label: m.repair },
    { value: sharesScreen, label: m.shares },
    { value: networkScreen, label: m.network },
    { value: remoteScreen, label: m.remote },
    { value: secretsScreen, label: m.secrets },
    { value: supportScreen, label: m.support },
    { value: powerScreen, label: m.power },
  ];
  const lead = [m.lead(system.version), ...notesOf(system, settings)].join(" ");
  for (;;) {
    const chosen = await choose(context.terminal, { title: `${messages.product}: ${m.title}`, lead, choices });
    if (chosen.type === "chosen") return chosen.value;
  }
}

async function restore(context: Context): Promise<FollowedJob | undefined> {
  const started = await restoreWizard(context);
  return started && restoreJob(context.client, started);
}

/** A job that runs is shown; a new one is begun where there is none. */
const job =
  (wizard: Wizard): Screen =>
  async (context) => {
    const running = await runningJob(context.client);
    const shown = running && !isEnded(running.first) ? running : await wizard(context);
    if (shown) await jobScreen(context, shown);
  };
