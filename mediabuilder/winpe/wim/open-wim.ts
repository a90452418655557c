import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { readWimHeader } from "./wim-header.ts";
import { readWim } from "./wim-tool.ts";

/** As .inf files and Windows call them. */
export type WimArchitecture = "x86" | "amd64" | "arm" | "arm64";

export interface WimImage {
  readonly index: number;
  readonly name: string;
  /** Undefined where the WIM does not say it. */
  readonly architecture: WimArchitecture | undefined;
  /** 22621. */
  readonly build: number | undefined;
  /** Bytes of its files, not compressed. */
  readonly bytes: number;
}

export interface Wim {
  readonly path: string;
  readonly bytes: number;
  readonly canBoot: boolean;
  readonly images: readonly WimImage[];
}

/** PROCESSOR_ARCHITECTURE_*, as SYSTEM_INFO has them. */
const ARCHITECTURES: Readonly<Record<string, WimArchitecture>> = {
  "0": "x86",
  "5": "arm",
  "9": "amd64",
  "12": "arm64",
};

/** @param scratch folder for its description @throws OPEN_FAILED, WIM_INVALID, WIM_DAMAGED, TOOL_MISSING */
export async function openWim(path: string, scratch: string): Promise<Wim> {
  const { canBoot } = await readWimHeader(path);
  const xml = join(scratch, "wim.xml");
  await readWim(path, ["info", path, `--extract-xml=${xml}`], "look into a WIM");
  const images = imagesIn(await readFile(xml, "utf16le"));
  if (images.length === 0) throw new LifeboatError("WIM_INVALID", { file: path, problem: "there is no image in it" });
  return { path, bytes: (await stat(path)).size, canBoot, images };
}

/** @throws WIM_DAMAGED: all of it is read and held against its checksums */
export const verifyWim = async (path: string): Promise<void> =>
  void (await readWim(path, ["verify", path], "check a WIM"));

/** Of the description that every WIM ends with (Windows Imaging File Format, XML Data). */
export function imagesIn(xml: string): WimImage[] {
  return [...xml.matchAll(/<IMAGE INDEX="(\d+)">(.*?)<\/IMAGE>/gs)].map(([, index, body = ""]) => {
    const build = /<BUILD>(\d+)<\/BUILD>/.exec(body)?.[1];
    const architecture = ARCHITECTURES[/<ARCH>(\d+)<\/ARCH>/.exec(body)?.[1] ?? ""];
    return {
      index: Number(index),
      name: plain(/<NAME>(.*?)<\/NAME>/s.exec(body)?.[1] ?? ""),
      architecture,
      build: build === undefined ? undefined : Number(build),
      bytes: Number(/<TOTALBYTES>(\d+)<\/TOTALBYTES>/.exec(body)?.[1] ?? 0),
    };
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const plain = (text: string): string => text.replaceAll(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
