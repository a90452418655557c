/** A VGA text screen: 80 x 25 cells of character and attribute at 0xb8000 (IBM VGA Technical Reference, "Alphanumeric Modes"). */
export const TEXT_MEMORY = { address: 0xb8000, columns: 80, rows: 25 } as const;
export const TEXT_BYTES = TEXT_MEMORY.columns * TEXT_MEMORY.rows * 2;

/** In text mode a picture of it has 9 x 16 pixels a cell; nothing else has that size. */
export const isTextMode = ({ width, height }: { readonly width: number; readonly height: number }): boolean =>
  width === 720 && height === 400;

/** Its rows as text, what is not ASCII as blanks, without empty ones. @param memory TEXT_BYTES of it */
export function textRows(memory: Uint8Array): string[] {
  const rows: string[] = [];
  for (let row = 0; row < TEXT_MEMORY.rows; row++) {
    let text = "";
    for (let column = 0; column < TEXT_MEMORY.columns; column++) {
      const code = memory[(row * TEXT_MEMORY.columns + column) * 2] ?? 0;
      text += code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : " ";
    }
    if (text.trim() !== "") rows.push(text.trim());
  }
  return rows;
}
