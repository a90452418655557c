import { writeAt } from "#test/engine/image/workspace.ts";

/**
 * A first sector that prints a text by the BIOS, writes sector 5 of its disk, and halts (Intel SDM; Ralf Brown's interrupt
 * list, INT 10/AH=0E and INT 13/AH=03).
 */
// biome-ignore format: an instruction a line
const PROGRAM = [
  0x31, 0xc0,             // xor ax, ax
  0x8e, 0xd8,             // mov ds, ax
  0x8e, 0xc0,             // mov es, ax
  0xbe, 0x28, 0x7c,       // mov si, text
  0xac,                   // next: lodsb
  0x84, 0xc0,             // test al, al
  0x74, 0x09,             // jz write
  0xb4, 0x0e,             // mov ah, 0x0e
  0xbb, 0x07, 0x00,       // mov bx, 7
  0xcd, 0x10,             // int 0x10
  0xeb, 0xf2,             // jmp next
  0xb8, 0x01, 0x03,       // write: mov ax, 0x0301
  0xb9, 0x05, 0x00,       // mov cx, 5
  0xba, 0x80, 0x00,       // mov dx, 0x80
  0xbb, 0x00, 0x7c,       // mov bx, 0x7c00
  0xcd, 0x13,             // int 0x13
  0xf4,                   // halt: hlt
  0xeb, 0xfd,             // jmp halt
];
const TEXT_AT = PROGRAM.length;

/** Puts such a sector on a disk. @param text of at most 390 bytes, lines ended by \r\n */
export async function speak(disk: string, text: string): Promise<void> {
  const sector = new Uint8Array(440);
  sector.set(PROGRAM);
  sector.set(new TextEncoder().encode(text), TEXT_AT);
  await writeAt(disk, 0, sector);
  await writeAt(disk, 510, Uint8Array.of(0x55, 0xaa));
}
