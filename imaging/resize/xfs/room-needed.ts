import type { XfsShape } from "#imaging/resize/xfs/shape.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

const MIB = 1 << 20;
/** Of the smallest log, 64 MiB, the blocks that XFS keeps back for itself, 32 MiB, and what each group begins with. */
const ALWAYS = 104 * MIB;
/** Inodes are allocated by 64, and a group's last lot may be nearly empty. */
const INODE_RESERVE = 1.1;
const RESERVE_SHARE = 1.02;
const LEAST_RESERVE = 16 * MIB;

/**
 * Bytes of the smallest new XFS that surely takes all files of a mounted one. Counted by file, as files that share
 * blocks will not share them any more. By find(1): this process must not look into such a mount (fuse-server.ts).
 * @throws TOOL_MISSING; the signal's reason
 */
export async function roomNeeded(folder: string, shape: XfsShape, signal?: AbortSignal): Promise<number> {
  const args = ["-P", folder, "-xdev", "-printf", "%n %i %b\\n"];
  const linked = new Set<string>();
  let [bytes, inodes] = [0, 0];
  for await (const line of streamTool("find", args, { purpose: "add up files", separator: "\n", signal })) {
    const [links = "1", inode = "", blocks = "0"] = line.split(" ");
    if (links !== "1") {
      if (linked.has(inode)) continue;
      linked.add(inode);
    }
    inodes++;
    bytes += Number(blocks) * 512;
  }
  const need = bytes * RESERVE_SHARE + inodes * shape.inodeSize * INODE_RESERVE + ALWAYS + LEAST_RESERVE;
  return need / (1 - heldBack(shape));
}

/**
 * Share of a new file system that its trees are given, and that statfs(2) says is not free. Measured with mkfs.xfs 6.1
 * from 300 MiB to 1 TiB, and rounded up: docs/adr/0011.
 */
function heldBack({ blockSize, reflink, reverseMap }: XfsShape): number {
  return (0.002 + (reflink ? 0.0065 : 0) + (reverseMap ? 0.0125 : 0)) * Math.max(1, 4096 / blockSize);
}
