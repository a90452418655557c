import { LifeboatError } from "#base/errors.ts";
import { type Credential, secretOf } from "#imaging/keys/credential.ts";
import { type KeyArea, type KeyInfo, keysOf, readKeyArea, sealCopy, slotIdOf } from "#imaging/keys/key-area.ts";
import { COPIES, COPY_SIZE, KEY_AREA_OFFSET, SLOT_SIZE } from "#imaging/keys/key-area-format.ts";
import { type KeyStore, openKeyFile } from "#imaging/keys/key-file.ts";
import { type KdfCost, readSlot, wrapKey } from "#imaging/keys/slot.ts";
import { findSlot, unlockSlot } from "#imaging/keys/unlock-image.ts";

/** An image that is open for a change of its keys. */
export type KeyTarget = KeyStore & { readonly imageId: string };

/** `cost` is for tests: the default is what a guess should cost. */
export interface ChangeOptions {
  readonly cost?: KdfCost | undefined;
}

/** The keys of an encrypted image; needs none of them. @throws as openKeyFile, IMAGE_DAMAGED */
export async function listKeys(path: string): Promise<KeyInfo[]> {
  await using file = await openKeyFile(path, "read");
  return keysOf(await readKeyArea(file, file.imageId));
}

/**
 * Lets `added` open the image too. No data is rewritten.
 * @throws as openKeyFile; IMAGE_UNLOCK_FAILED for `existing`; KEY_INVALID; KEY_CHANGE_REFUSED when all slots are taken
 * or `added` opens the image already; WRITE_FAILED
 */
export async function addKey(path: string, existing: Credential, added: Credential): Promise<KeyInfo> {
  await using file = await openKeyFile(path, "change");
  return await addKeyTo(file, existing, added);
}

/**
 * Replaces one key by another in a single step: the slot that `existing` opens, or slot `slotId` (a forgotten password,
 * by somebody who has the recovery key). @throws as addKey; NOT_FOUND
 */
export async function replaceKey(
  path: string,
  existing: Credential,
  added: Credential,
  slotId?: number,
): Promise<KeyInfo> {
  await using file = await openKeyFile(path, "change");
  return await replaceKeyIn(file, existing, added, { slotId });
}

/**
 * Takes a key away; its slot is overwritten in both copies. `existing` must open another slot, so that nobody locks
 * himself out. @throws as openKeyFile; NOT_FOUND, IMAGE_UNLOCK_FAILED, KEY_CHANGE_REFUSED, WRITE_FAILED
 */
export async function removeKey(path: string, existing: Credential, slotId: number): Promise<void> {
  await using file = await openKeyFile(path, "change");
  await removeKeyFrom(file, existing, slotId);
}

export async function addKeyTo(
  file: KeyTarget,
  existing: Credential,
  added: Credential,
  { cost }: ChangeOptions = {},
): Promise<KeyInfo> {
  const area = await repairKeyArea(file);
  const { imageKey } = await unlockSlot(area, existing);
  await refuseKnown(area, added);
  const free = area.slots.findIndex((bytes) => readSlot(bytes).state === "free");
  if (free < 0) throw refused(file, `all ${area.slots.length} slots are taken`);
  return writeSlot(file, area, { index: free, imageKey, added, cost });
}

export async function replaceKeyIn(
  file: KeyTarget,
  existing: Credential,
  added: Credential,
  { cost, slotId }: ChangeOptions & { readonly slotId?: number | undefined } = {},
): Promise<KeyInfo> {
  const area = await repairKeyArea(file);
  const unlocked = await unlockSlot(area, existing);
  await refuseKnown(area, added);
  const index = slotIndex(area, slotId ?? unlocked.slotId);
  return writeSlot(file, area, { index, imageKey: unlocked.imageKey, added, cost });
}

export async function removeKeyFrom(file: KeyTarget, existing: Credential, slotId: number): Promise<void> {
  const area = await repairKeyArea(file);
  const index = slotIndex(area, slotId);
  const slots = area.slots.with(index, new Uint8Array(SLOT_SIZE));
  if (!slots.some((bytes) => readSlot(bytes).state === "used"))
    throw refused(file, "the last key cannot be removed: nobody could read the image any more");
  const opened = await unlockSlot(area, existing);
  if (opened.slotId === slotId && !(await findSlot({ ...area, slots }, existing)))
    throw refused(file, `what was given opens slot ${slotId} itself: give a password or recovery key that stays`);
  await writeKeyArea(file, { ...area, slots });
}

async function writeSlot(
  file: KeyTarget,
  area: KeyArea,
  slot: { index: number; imageKey: Uint8Array; added: Credential; cost: KdfCost | undefined },
): Promise<KeyInfo> {
  const { imageId, nextSlotId: slotId } = area;
  if (slotId >= 2 ** 32 - 1) throw refused(file, "the numbers of slots are used up");
  const bytes = await wrapKey(slot.imageKey, secretOf(slot.added), { imageId, slotId, cost: slot.cost });
  const changed = { ...area, nextSlotId: slotId + 1, slots: area.slots.with(slot.index, bytes) };
  await writeKeyArea(file, changed);
  return keysOf(changed).find((key) => key.slotId === slotId) as KeyInfo;
}

/** The same password in two slots would still open the image after one of them was removed. */
async function refuseKnown(area: KeyArea, added: Credential): Promise<void> {
  if (added.kind === "recovery") return; // drawn at random, so it is new
  const known = await findSlot(area, added);
  if (known) throw refused(area, `the new one opens the image already (slot ${known.slotId})`);
}

function slotIndex(area: KeyArea, slotId: number): number {
  const index = area.slots.findIndex((bytes) => readSlot(bytes).state !== "free" && slotIdOf(bytes) === slotId);
  if (index < 0) throw new LifeboatError("NOT_FOUND", { what: `slot ${slotId} of ${area.file}` });
  return index;
}

const refused = (file: { readonly path: string } | { readonly file: string }, problem: string) =>
  new LifeboatError("KEY_CHANGE_REFUSED", { file: "path" in file ? file.path : file.file, problem });

/** Copy 0, then copy 1: each is on the disk before the next is touched, so that one of them is always whole. */
async function writeKeyArea(file: KeyTarget, area: KeyArea): Promise<void> {
  const sealed = sealCopy({ ...area, generation: area.generation + 1 });
  for (let i = 0; i < COPIES; i++) await writeCopy(file, i, sealed);
}

async function writeCopy(file: KeyTarget, index: number, sealed: Uint8Array): Promise<void> {
  await file.write(sealed, KEY_AREA_OFFSET + index * COPY_SIZE);
  await file.sync();
}

/**
 * Makes both copies the newest valid one, as an interrupted change or a damaged sector may have left them different.
 * The change that follows may then begin with either. @throws IMAGE_DAMAGED, WRITE_FAILED
 */
async function repairKeyArea(file: KeyTarget): Promise<KeyArea> {
  const area = await readKeyArea(file, file.imageId);
  const sealed = sealCopy(area);
  for (let i = 0; i < COPIES; i++) {
    const bytes = new Uint8Array(COPY_SIZE);
    await file.read(bytes, KEY_AREA_OFFSET + i * COPY_SIZE);
    if (!Buffer.from(bytes).equals(sealed)) await writeCopy(file, i, sealed);
  }
  return area;
}
