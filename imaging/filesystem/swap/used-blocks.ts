import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Filesystem, FilesystemDriver, UsedMap } from "#imaging/filesystem/filesystem.ts";
import {
  HIBERNATION_SIGNATURES,
  SWAP_SIGNATURES,
  swapHeader,
  TUXONICE_SIGNATURE,
} from "#imaging/filesystem/swap/structs.ts";
import { damaged, rawMap, unlessForeign } from "#imaging/filesystem/volume.ts";
import { rawWords } from "#imaging/words/raw-words.ts";
import { stateWords } from "#imaging/words/state-words.ts";

export const swap: FilesystemDriver = { types: ["swap"], detect, mapUsed };

const PAGE_SIZES = [4096, 8192, 16384, 32768, 65536];
const SIGNATURE_SIZE = 10;

interface Header {
  readonly pageSize: number;
  readonly hibernated: boolean;
}

async function findHeader(volume: ReadableDevice): Promise<Header | undefined> {
  const text = async (at: number, length: number) => String.fromCharCode(...(await readBytes(volume, at, length)));
  for (const pageSize of PAGE_SIZES.filter((size) => size <= volume.size)) {
    const found = await text(pageSize - SIGNATURE_SIZE, SIGNATURE_SIZE);
    if (HIBERNATION_SIGNATURES.some((signature) => found.startsWith(signature))) return { pageSize, hibernated: true };
    if (!SWAP_SIGNATURES.some((signature) => found === signature)) continue;
    const start = await text(0, TUXONICE_SIGNATURE.length);
    return { pageSize, hibernated: start === TUXONICE_SIGNATURE };
  }
  return undefined;
}

function detect(volume: ReadableDevice): Promise<Filesystem | undefined> {
  return unlessForeign(async () => {
    const header = await findHeader(volume);
    if (!header) return undefined;
    const { version, lastPage, uuid, label } = swapHeader.parse(await readBytes(volume, 1024, swapHeader.size));
    const text = new TextDecoder().decode(label).replace(/\0.*$/s, "");
    const said = (lastPage + 1) * header.pageSize;
    return {
      type: "swap",
      uuid: version === 1 && /[1-9a-f]/.test(uuid) ? uuid : undefined,
      label: version === 1 && text ? text : undefined,
      blockSize: header.pageSize,
      // The header of another byte order has other numbers; its content is of no more use for that.
      size: version === 1 && said <= volume.size ? said : volume.size,
      warnings: header.hibernated ? [stateWords["state.swap-hibernated"]] : [],
    };
  });
}

async function mapUsed(volume: ReadableDevice): Promise<UsedMap> {
  const header = await findHeader(volume);
  if (!header) throw damaged(volume, "swap", 0, "no swap signature");
  if (header.hibernated) return rawMap(volume, rawWords["raw.swap-hibernated"]);
  return {
    mode: "header-only",
    extents: ExtentList.of([{ start: 0, end: header.pageSize }]),
    reason: rawWords["raw.swap"],
  };
}
