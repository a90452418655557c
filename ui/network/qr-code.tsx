import { generate } from "lean-qr";
import { toSvgPath } from "lean-qr/extras/svg";
import type { JSX } from "preact";

/** Modules of white around it (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** A text as a QR code. It is always dark on white: many readers do not read it otherwise. */
export function QrCode({ text, label }: { text: string; label: string }): JSX.Element {
  const code = generate(text);
  const size = code.size + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`${-QUIET} ${-QUIET} ${size} ${size}`} role="img" aria-label={label}>
      <rect x={-QUIET} y={-QUIET} width={size} height={size} fill="#ffffff" />
      <path d={toSvgPath(code)} fill="#000000" />
    </svg>
  );
}
