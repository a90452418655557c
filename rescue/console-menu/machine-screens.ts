import { formatBytes } from "#base/units.ts";
import type { RemoteState } from "#rescue/api/contract.ts";
import { ask, type Choice, choose, read } from "#rescue/console-menu/ask.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

/** The way in from another machine. */
export async function remoteScreen(context: Context): Promise<void> {
  const { client, terminal } = context;
  const m = messages.remote;
  let state = await attempt(context, m.title, () => client.call("remote"));
  while (state) {
    const { isOpen } = state.pages;
    const choices = [
      { value: "back" as const, label: m.back },
      { value: "toggle" as const, label: isOpen ? m.close : m.open },
    ];
    // The code is what somebody reads out or types: it stands where the eye is.
    const lines = remoteLines(state);
    const chosen = await choose(terminal, { title: m.title, lead: lines, choices, at: 1 });
    if (chosen.type !== "chosen" || chosen.value === "back") return;
    state = await attempt(context, m.title, () => client.call("setRemotePages", { body: { open: !isOpen } }));
  }
}

export function remoteLines({ pages, ssh }: RemoteState): string[] {
  const m = messages.remote;
  const shell = ssh.isRunning ? ["", m.ssh(ssh.keys.length), m.fingerprint(ssh.fingerprint ?? "")] : [];
  if (!pages.isOpen) return [m.closed, ...shell];
  const addresses = pages.addresses.length > 0 ? pages.addresses.map(m.address) : [m.noAddress];
  return [
    ...addresses,
    m.code(pages.code ?? ""),
    m.certificate(pages.fingerprint ?? ""),
    m.warning,
    m.sessions(pages.sessions),
    ...shell,
  ];
}

/** Passwords that the medium's settings need. */
export async function secretsScreen(context: Context): Promise<void> {
  const { client, terminal } = context;
  const m = messages.secrets;
  let state = await attempt(context, m.title, () => client.call("settings"));
  while (state) {
    const choices: Choice<string>[] = [
      ...(state.sealed === "locked" ? [{ value: "", label: m.sealed }] : []),
      ...state.missing.map(({ name, what }) => ({ value: name, label: what })),
    ];
    const chosen = await choose(terminal, { title: m.title, choices, none: m.none });
    if (chosen.type !== "chosen") return;
    const what = state.missing.find(({ name }) => name === chosen.value)?.what;
    const lead = [what === undefined ? m.passphrase : m.needed(what)];
    const field = what === undefined ? m.field : messages.shares.passwordField;
    const typed = await ask(terminal, { title: m.title, lead, field, isSecret: true });
    if (typed)
      await attempt(context, m.title, () =>
        what === undefined
          ? client.call("unlockSettings", { body: { passphrase: typed } })
          : client.call("giveSecret", { body: { name: chosen.value, secret: typed } }),
      );
    state = await attempt(context, m.title, () => client.call("settings"));
  }
}

export async function supportScreen(context: Context): Promise<void> {
  const { client, terminal } = context;
  const m = messages.support;
  const places = await attempt(context, m.title, () => client.call("places"));
  if (!places) return;
  const choices = [
    { value: "medium", label: m.medium },
    ...places
      .filter(({ state }) => state === "connected")
      .map(({ id, place }) => ({ value: id, label: m.share(place.name) })),
  ];
  const to = await choose(terminal, { title: m.title, lead: m.lead, choices });
  if (to.type !== "chosen") return;
  const serials = await choose(terminal, {
    title: m.serials,
    choices: [
      { value: false, label: m.no },
      { value: true, label: m.yes },
    ],
  });
  if (serials.type !== "chosen") return;
  const body = { to: to.value, withoutSerials: serials.value };
  const report = await attempt(context, m.title, () => client.call("saveBundle", { body }));
  if (report) await read(terminal, { title: m.title, lines: [m.done(report.path, formatBytes(report.bytes))] });
}

export async function powerScreen(context: Context): Promise<void> {
  const { client, terminal } = context;
  const m = messages.power;
  const choices = [
    { value: "restart" as const, label: m.restart },
    { value: "shut-down" as const, label: m.shutDown },
  ];
  const chosen = await choose(terminal, { title: m.title, lead: m.lead, choices });
  if (chosen.type !== "chosen") return;
  const done = await attempt(context, m.title, () => client.call("power", { body: { action: chosen.value } }));
  if (done) await read(terminal, { title: m.title, lines: [m.going] });
}
