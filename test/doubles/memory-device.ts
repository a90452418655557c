import { LifeboatError } from "#base/errors.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";

/** A disk in memory. It passes the same conformance suite as a real one. */
export function memoryDevice(content: Uint8Array | number, sectorSize = 512): BlockDevice & { bytes: Uint8Array } {
  const bytes = typeof content === "number" ? new Uint8Array(content) : content;
  const path = "mem:0";
  return {
    path,
    size: bytes.length,
    sectorSize,
    bytes,
    async read(into, offset) {
      const got = bytes.subarray(offset, offset + into.length);
      if (got.length < into.length)
        throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got: got.length });
      into.set(got);
    },
    async write(from, offset) {
      if (offset + from.length > bytes.length)
        throw new LifeboatError("WRITE_FAILED", { device: path, offset, reason: "beyond the end" });
      bytes.set(from, offset);
    },
    async flush() {},
    async [Symbol.asyncDispose]() {},
  };
}
