import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MediumInfo } from "#base/medium-info.ts";
import type { BuiltParts } from "./build-parts.ts";
import { EFI_LOADERS } from "./iso/efi-image.ts";
import { newestPackage } from "./manifest/newest-package.ts";
import { hashInputs } from "./stage.ts";

/**
 * What a medium of these parts says of itself.
 * @param menu its boot menu: with another one it is another medium, and so it is with other boot loaders
 */
export async function mediumInfo(
  { id, root }: Pick<BuiltParts, "id" | "root">,
  { version, menu }: { readonly version: string; readonly menu: string },
): Promise<MediumInfo> {
  const loaders = await Promise.all(Object.keys(EFI_LOADERS).map((path) => readFile(join(root, path))));
  const packagesAt = (await newestPackage(root)).toISOString();
  return { format: 1, id: hashInputs([id, menu, ...loaders]), version, packagesAt };
}
