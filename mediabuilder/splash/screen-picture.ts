import { gzipSync } from "node:zlib";
import type { Picture } from "#imaging/prove/qemu/picture.ts";

/** The fourth byte of a pixel: no colour, but opaque to a driver that takes it for one. */
const OPAQUE = 0xff;

/**
 * A picture as rescue/init/splash takes it, which has no more than a shell and awk, in lines: "width height background text" (colours as
 * 0f2d45), one pixel of the background, and each row. Pixels are four bytes, blue first, as frame buffers of 32 bits have them
 * (linux: Documentation/fb/framebuffer.rst). Packed with gzip, without a date.
 */
export function screenPicture(
  { width, height, rgb }: Picture,
  { background, text }: { readonly background: string; readonly text: string },
): Buffer {
  const [back, front] = [background.slice(1), text.slice(1)];
  const [red = 0, green = 0, blue = 0] = Buffer.from(back, "hex");
  const rows = Array.from({ length: height }, (_, y) => pixels(rgb.subarray(y * width * 3, (y + 1) * width * 3)));
  const lines = [Buffer.from(`${width} ${height} ${back} ${front}`), pixels(Uint8Array.of(red, green, blue)), ...rows];
  return gzipSync(Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])), { level: 9 });
}

function pixels(rgb: Uint8Array): Buffer {
  const out = Buffer.alloc((rgb.length / 3) * 4, OPAQUE);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4)
    for (let channel = 0; channel < 3; channel++) out[to + channel] = printable(rgb[from + 2 - channel] ?? 0);
  return out;
}

/** awk ends a text at the one byte and a line at the other; nobody sees so small a difference. */
const printable = (byte: number): number => (byte === 0x00 || byte === 0x0a ? byte + 1 : byte);
