import { LifeboatError } from "#base/errors.ts";
import { type Credential, secretsToTry, whyNothingOpened } from "#imaging/keys/credential.ts";
import type { KeyArea } from "#imaging/keys/key-area.ts";
import { readSlot, unwrapKey } from "#imaging/keys/slot.ts";

/** An image key, and the slot that gave it. */
export interface Unlocked {
  readonly imageKey: Buffer;
  readonly slotId: number;
}

/** The first slot that the credential opens, or undefined. Costs a scrypt for each slot of its kind. @throws KEY_INVALID */
export async function findSlot(area: KeyArea, credential: Credential): Promise<Unlocked | undefined> {
  for (const secret of secretsToTry(credential))
    for (const bytes of area.slots) {
      const found = readSlot(bytes);
      if (found.state !== "used" || found.slot.kind !== secret.kind) continue;
      const imageKey = await unwrapKey(found.slot, secret, area.imageId);
      if (imageKey) return { imageKey, slotId: found.slot.slotId };
    }
  return undefined;
}

/** @throws IMAGE_UNLOCK_FAILED, KEY_INVALID; IMAGE_UNSUPPORTED when only slots that we cannot read are left to try */
export async function unlockSlot(area: KeyArea, credential: Credential): Promise<Unlocked> {
  const unlocked = await findSlot(area, credential);
  if (unlocked) return unlocked;
  if (area.slots.some((bytes) => readSlot(bytes).state === "unsupported"))
    throw new LifeboatError("IMAGE_UNSUPPORTED", {
      file: area.file,
      feature: "no key that this version knows is opened by what was given, and it has a key of another kind or cost",
    });
  const tried = credential.kind === "recovery" ? "the recovery key" : "the password";
  throw new LifeboatError("IMAGE_UNLOCK_FAILED", { file: area.file, tried, problem: whyNothingOpened(credential) });
}

/** The image's 32-byte key. @throws IMAGE_UNLOCK_FAILED, KEY_INVALID, IMAGE_UNSUPPORTED */
export const unlockImageKey = async (area: KeyArea, credential: Credential): Promise<Buffer> =>
  (await unlockSlot(area, credential)).imageKey;
