import type { Credential } from "#imaging/keys/credential.ts";
import { readKeyArea } from "#imaging/keys/key-area.ts";
import { openKeyFile } from "#imaging/keys/key-file.ts";
import { unlockImageKey } from "#imaging/keys/unlock-image.ts";

/** The key of the image in a file. @throws what openKeyFile and unlockImageKey throw */
export async function imageKeyOf(path: string, credential: Credential): Promise<Uint8Array> {
  await using file = await openKeyFile(path, "read");
  return await unlockImageKey(await readKeyArea(file, file.imageId), credential);
}
