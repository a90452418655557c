import { isLifeboatError } from "#base/errors.ts";
import { placeSecret } from "#base/medium/place.ts";
import { formatBytes } from "#base/units.ts";
import type { Body } from "#rescue/api/client.ts";
import type { PlaceState } from "#rescue/api/contract.ts";
import { ask, type Choice, choose, read } from "#rescue/console-menu/ask.ts";
import { askForShare, SHARE_KINDS } from "#rescue/console-menu/ask-for-share.ts";
import { attempt, type Context, problemLines, wait } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

const m = messages.shares;
type Request = Body<"setPlace">;

/** Shares of other machines: connected, added, forgotten. */
export async function sharesScreen(context: Context): Promise<void> {
  const { terminal, client } = context;
  const { title, none } = m;
  let places = await attempt(context, title, () => client.call("places"));
  while (places) {
    const letters = { a: m.add, r: m.again };
    const chosen = await choose(terminal, { title, choices: places.map(placeChoice), none, letters });
    if (chosen.type === "back") return;
    if (chosen.type === "chosen") await change(context, chosen.value);
    if (chosen.type === "letter" && chosen.letter === "a") await add(context);
    places = await attempt(context, title, () => client.call("places"));
  }
}

function placeChoice(state: PlaceState): Choice<PlaceState> {
  const { place, room, isLow, problem } = state;
  const size = room && m.room(formatBytes(room.free), formatBytes(room.size));
  const detail = [m.states[state.state], size, isLow ? m.low : undefined, problem?.text].filter(Boolean).join("; ");
  return { value: state, label: place.name, detail };
}

async function change(context: Context, { id, place, state }: PlaceState): Promise<void> {
  const { client, terminal } = context;
  const isConnected = state !== "not-connected";
  const choices = [
    isConnected
      ? { value: "disconnectPlace" as const, label: m.disconnect }
      : { value: "connectPlace" as const, label: m.connect },
    { value: "removePlace" as const, label: m.remove },
  ];
  const chosen = await choose(terminal, { title: m.what(place.name), choices });
  if (chosen.type !== "chosen") return;
  const { value } = chosen;
  const call = () => client.call(value, { params: { placeId: id } });
  const secret = placeSecret(place);
  if (value !== "connectPlace" || !secret) return void (await attempt(context, m.title, call));
  const isMissing = (await client.call("settings")).missing.some(({ name }) => name === secret.name);
  await connectWithPassword(context, call, isMissing ? secret.name : undefined);
}

/** Connects; a password that nobody has given yet is asked for. @param missing its name */
async function connectWithPassword(
  context: Context,
  call: () => Promise<unknown>,
  missing: string | undefined,
): Promise<void> {
  if (missing !== undefined) {
    const secret = await ask(context.terminal, {
      title: m.title,
      lead: [m.password],
      field: m.passwordField,
      isSecret: true,
    });
    if (secret === undefined || secret === "") return;
    await attempt(context, m.title, () => context.client.call("giveSecret", { body: { name: missing, secret } }));
  }
  await attempt(context, m.title, call);
}

async function add(context: Context): Promise<void> {
  const kinds = SHARE_KINDS.map((kind) => ({ value: kind, label: m[kind] }));
  const chosen = await choose(context.terminal, { title: m.kind, choices: kinds });
  if (chosen.type !== "chosen") return;
  const request = await askForShare(context.terminal, chosen.value);
  if (request) await connect(context, request);
}

/** The key of a server that nobody has confirmed yet is shown, and asked about. */
async function connect(context: Context, request: Request): Promise<void> {
  const { client, terminal } = context;
  wait(context, m.title);
  try {
    await client.call("setPlace", { body: request });
    await read(terminal, { title: m.title, lines: [m.connected] });
  } catch (error) {
    if (!isLifeboatError(error) || error.code === "SERVER_UNREACHABLE") throw error;
    if (!isLifeboatError(error, "SHARE_HOST_KEY_UNKNOWN") || request.place.kind !== "sftp")
      return void (await read(terminal, { title: messages.problem.title, lines: problemLines(error) }));
    const { hostKey, fingerprint } = error.details;
    const choices = [
      { value: false, label: m.refuse },
      { value: true, label: m.accept },
    ];
    const chosen = await choose(terminal, { title: m.title, lead: m.hostKey(fingerprint), choices });
    if (chosen.type === "chosen" && chosen.value)
      await connect(context, { ...request, place: { ...request.place, hostKey } });
  }
}
