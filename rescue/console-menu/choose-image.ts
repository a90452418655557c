import { isLifeboatError } from "#base/errors.ts";
import { formatBytes, formatTime } from "#base/units.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import { ask, type Choice, choose } from "#rescue/console-menu/ask.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

/** One of the images that were found; an encrypted one is unlocked. */
export async function chooseImage(context: Context, title: string, mark: string): Promise<FoundImage | undefined> {
  const { terminal, client } = context;
  const { none, again } = messages.image;
  let images = (await attempt(context, title, () => client.call("images"))) ?? [];
  for (;;) {
    const choices = images.map(imageChoice);
    const chosen = await choose(terminal, { title, mark, choices, none, letters: { r: again } });
    if (chosen.type === "back") return undefined;
    if (chosen.type === "letter") {
      images = (await attempt(context, title, () => client.call("rescanImages"))) ?? images;
      continue;
    }
    const image =
      chosen.value.protection === "locked" ? await unlock(context, chosen.value, title, mark) : chosen.value;
    if (image) return image;
  }
}

function imageChoice(image: FoundImage): Choice<FoundImage> {
  const { manifest, fileName, place, fileSize, protection, problem } = image;
  const { disk } = manifest ?? {};
  const machine = disk?.model ?? messages.image.unknownMachine;
  const made =
    manifest && messages.image.madeOf(formatTime(manifest.createdAt), machine, formatBytes(manifest.disk.size));
  const locked = protection === "locked" ? messages.image.locked : undefined;
  const detail = [made ?? locked, messages.image.place(place, formatBytes(fileSize))].filter(Boolean).join("; ");
  return {
    value: image,
    label: manifest ? `${manifest.name} (${fileName})` : fileName,
    detail,
    ...(problem && { refusal: problem.text }),
  };
}

async function unlock(
  { terminal, client }: Context,
  image: FoundImage,
  title: string,
  mark: string,
): Promise<FoundImage | undefined> {
  const { password: lead, passwordField: field } = messages.image;
  let problem: string | undefined;
  for (;;) {
    const question = { title, mark, lead: [lead(image.fileName)], field, isSecret: true };
    const password = await ask(terminal, { ...question, ...(problem !== undefined && { problem }) });
    if (password === undefined) return undefined;
    if (password === "") continue;
    terminal.draw({ title, mark, body: [{ text: messages.waiting }], keys: "" });
    try {
      return await client.call("unlockImage", { params: { imageId: image.id }, body: { password } });
    } catch (error) {
      if (!isLifeboatError(error) || error.code === "SERVER_UNREACHABLE") throw error;
      problem = `${error.text}. ${error.next}`;
    }
  }
}
