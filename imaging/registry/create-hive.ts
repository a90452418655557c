import { BASE_BLOCK_SIZE, baseBlock, sealBaseBlock } from "#imaging/registry/base-block.ts";
import { CellAllocator } from "#imaging/registry/cell-allocator.ts";
import { BIN_UNIT, CellStore } from "#imaging/registry/cell-store.ts";
import { hiveBin, KEY_NO_DELETE, KEY_ROOT } from "#imaging/registry/cells.ts";
import { writeKeyNode } from "#imaging/registry/edit-keys.ts";
import { toFiletime } from "#imaging/registry/filetime.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { createSecurity, shareSecurity } from "#imaging/registry/security.ts";
import { administratorsOnly } from "#imaging/registry/security-descriptor.ts";

export interface CreateHiveOptions {
  readonly rootName?: string;
  /** 5 when not said: what Windows has written since XP for all but a few hives. */
  readonly minorVersion?: 3 | 4 | 5 | 6;
  /** For messages, and in the base block: the path. */
  readonly file?: string;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** A hive with a root key that administrators and the system may change, and nothing else. */
export function createHive(options: CreateHiveOptions = {}): Hive {
  const { rootName = "ROOT", minorVersion = 5, file = "hive", clock = Date.now } = options;
  const now = toFiletime(clock());
  const bytes = new Uint8Array(BASE_BLOCK_SIZE + BIN_UNIT);
  const view = new DataView(bytes.buffer);
  const { signature, offset, size, timestamp } = hiveBin.fields;
  signature.write(view, BASE_BLOCK_SIZE + signature.at, "hbin");
  offset.write(view, BASE_BLOCK_SIZE + offset.at, 0);
  size.write(view, BASE_BLOCK_SIZE + size.at, BIN_UNIT);
  timestamp.write(view, BASE_BLOCK_SIZE + timestamp.at, now);
  view.setInt32(BASE_BLOCK_SIZE + hiveBin.size, BIN_UNIT - hiveBin.size, true);
  const store = new CellStore(bytes, BIN_UNIT, file);
  const allocator = new CellAllocator(store);
  const editing = { store, allocator, leafKind: "lh", segmented: true, securityUses: new Map(), now } as const;
  const security = createSecurity(editing, administratorsOnly());
  const rootCell = writeKeyNode(editing, rootName, KEY_ROOT | KEY_NO_DELETE, security);
  shareSecurity(editing, security);
  const head = baseBlock.serialise({
    signature: "regf",
    primarySequence: 1,
    secondarySequence: 1,
    lastWritten: now,
    majorVersion: 1,
    minorVersion,
    fileType: 0,
    fileFormat: 1,
    rootCell,
    binsSize: store.binsSize,
    clusteringFactor: 1,
    // The end of a path is what tells people most.
    fileName: file.slice(-31),
    flags: 0,
    checksum: 0,
  });
  sealBaseBlock(head);
  store.bytes.set(head);
  return openHive(store.bytes, {}, { file, clock });
}
