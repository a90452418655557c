import { LifeboatError } from "#base/errors.ts";
import type { Wim, WimImage } from "./wim/open-wim.ts";
import { listWim, type WimContent } from "./wim/wim-content.ts";

/** pe: bare; setup: what installs Windows; recovery: Windows RE. */
export type PeKind = "pe" | "setup" | "recovery";

export interface ChosenImage {
  readonly image: WimImage;
  readonly kind: PeKind;
  readonly content: WimContent;
  /** In plain words, why it is this one. */
  readonly why: string;
}

export const KIND_TEXT: Readonly<Record<PeKind, string>> = {
  pe: "Windows PE",
  setup: "Windows Setup",
  recovery: "Windows RE",
};

/** What starts everything in every Windows PE, and nowhere else. */
const SHELL = "/Windows/System32/winpeshl.exe";

/** @returns undefined for an image that is no Windows PE */
export function kindOf(content: WimContent): PeKind | undefined {
  if (!content.has(SHELL)) return undefined;
  if (content.has("/sources/recovery/RecEnv.exe")) return "recovery";
  return content.has("/setup.exe") || content.has("/sources/setup.exe") ? "setup" : "pe";
}

/**
 * The image that is taken: the one that the user names, else the first that is a bare Windows PE, else the first that is any.
 * @throws WIM_NO_IMAGE, WINPE_NO_PE, WIM_DAMAGED
 */
export async function chooseImage(wim: Wim, index?: number): Promise<ChosenImage> {
  const named = (image: WimImage) => `${image.index} (${image.name || "without a name"})`;
  const wanted = index === undefined ? wim.images : wim.images.filter((image) => image.index === index);
  if (wanted.length === 0)
    throw new LifeboatError("WIM_NO_IMAGE", {
      file: wim.path,
      index: index ?? 0,
      have: wim.images.map(named).join(", "),
    });
  const found: Omit<ChosenImage, "why">[] = [];
  for (const image of wanted) {
    const content = await listWim(wim.path, image.index);
    const kind = kindOf(content);
    if (kind) found.push({ image, kind, content });
  }
  const chosen = found.find(({ kind }) => kind === "pe") ?? found[0];
  if (!chosen)
    throw new LifeboatError("WINPE_NO_PE", {
      file: wim.path,
      problem: `${wanted.map(named).join(", ")} ${wanted.length > 1 ? "have" : "has"} no winpeshl.exe`,
    });
  const others = found.filter((one) => one !== chosen).map(({ image, kind }) => `${image.index} is ${KIND_TEXT[kind]}`);
  const why = index !== undefined ? "named by --index" : ["the first that is", KIND_TEXT[chosen.kind]].join(" ");
  return { ...chosen, why: [why, ...others].join("; ") };
}
