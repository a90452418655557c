/**
 * Boot code of sector 0 that starts the partition that is marked active, as every legacy system but GRUB expects it of an
 * MBR: it is found at 0000:7C00 with the drive's number in DL, moves itself to 0000:0600, and leaves the partition's first
 * sector at 0000:7C00 with DL, and DS:SI at the partition's record (BIOS Boot Specification 1.01, 6.5.1; the record as
 * DOS and Windows leave it). Ours, written by hand: one row an instruction. Addresses are those after the move.
 */
// biome-ignore format: one row an instruction, to be held beside a disassembly
const CODE: readonly (readonly [bytes: string, meaning: string])[] = [
  ["FA",             "0600 cli                     no interrupt while there is no stack"],
  ["31 C0",          "0601 xor ax, ax"],
  ["8E D0",          "0603 mov ss, ax"],
  ["BC 00 7C",       "0605 mov sp, 7C00h           the stack grows down from this code"],
  ["8E D8",          "0608 mov ds, ax"],
  ["8E C0",          "060A mov es, ax"],
  ["FB",             "060C sti"],
  ["FC",             "060D cld"],
  ["89 E6",          "060E mov si, sp              from 7C00h"],
  ["BF 00 06",       "0610 mov di, 0600h"],
  ["B9 00 01",       "0613 mov cx, 0100h           256 words: all of the sector, with its records"],
  ["F3 A5",          "0616 rep movsw"],
  ["EA 1D 06 00 00", "0618 jmp 0000:061D           on in the copy"],
  ["F6 C2 80",       "061D test dl, 80h            some firmware forgets to say that it is a hard disk"],
  ["75 02",          "0620 jnz 0624"],
  ["B2 80",          "0622 mov dl, 80h"],
  ["BE BE 07",       "0624 mov si, 07BEh           the first record"],
  ["B1 04",          "0627 mov cl, 4               ch is 0 since the move"],
  ["F6 04 80",       "0629 test byte [si], 80h"],
  ["75 0A",          "062C jnz 0638                active"],
  ["83 C6 10",       "062E add si, 16"],
  ["E2 F6",          "0631 loop 0629"],
  ["BE B8 06",       "0633 mov si, 06B8h           none of the four"],
  ["EB 6D",          "0636 jmp 06A5"],
  ["89 F5",          "0638 mov bp, si              the record is kept here"],
  ["BF 05 00",       "063A mov di, 5               tries"],
  ["52",             "063D push dx                 firmware may change it"],
  ["B4 41",          "063E mov ah, 41h             are there calls by LBA?"],
  ["BB AA 55",       "0640 mov bx, 55AAh"],
  ["CD 13",          "0643 int 13h"],
  ["5A",             "0645 pop dx"],
  ["72 2B",          "0646 jc 0673                 no"],
  ["81 FB 55 AA",    "0648 cmp bx, AA55h"],
  ["75 25",          "064C jne 0673"],
  ["F6 C1 01",       "064E test cl, 1              packets?"],
  ["74 20",          "0651 jz 0673"],
  ["6A 00",          "0653 push 0                  the packet, last word first: LBA, 64 bits"],
  ["6A 00",          "0655 push 0"],
  ["FF 76 0A",       "0657 push word [bp+10]"],
  ["FF 76 08",       "065A push word [bp+8]"],
  ["6A 00",          "065D push 0                  to segment 0"],
  ["68 00 7C",       "065F push 7C00h"],
  ["6A 01",          "0662 push 1                  one sector"],
  ["6A 10",          "0664 push 16                 size of the packet"],
  ["89 E6",          "0666 mov si, sp"],
  ["B4 42",          "0668 mov ah, 42h             read"],
  ["52",             "066A push dx"],
  ["CD 13",          "066B int 13h"],
  ["5A",             "066D pop dx"],
  ["8D 64 10",       "066E lea sp, [si+16]         drops the packet, and leaves the carry flag alone"],
  ["EB 10",          "0671 jmp 0683"],
  ["B8 01 02",       "0673 mov ax, 0201h           read one sector by cylinder, head and sector"],
  ["BB 00 7C",       "0676 mov bx, 7C00h"],
  ["8B 4E 02",       "0679 mov cx, [bp+2]"],
  ["52",             "067C push dx"],
  ["8A 76 01",       "067D mov dh, [bp+1]"],
  ["CD 13",          "0680 int 13h"],
  ["5A",             "0682 pop dx"],
  ["73 0E",          "0683 jnc 0693                it is there"],
  ["52",             "0685 push dx"],
  ["30 E4",          "0686 xor ah, ah              reset the drive, and try again"],
  ["CD 13",          "0688 int 13h"],
  ["5A",             "068A pop dx"],
  ["4F",             "068B dec di"],
  ["75 AF",          "068C jnz 063D"],
  ["BE E6 06",       "068E mov si, 06E6h"],
  ["EB 12",          "0691 jmp 06A5"],
  ["81 3E FE 7D 55 AA", "0693 cmp word [7DFEh], AA55h"],
  ["75 07",          "0699 jne 06A2"],
  ["89 EE",          "069B mov si, bp"],
  ["EA 00 7C 00 00", "069D jmp 0000:7C00           the partition's own boot sector"],
  ["BE 0D 07",       "06A2 mov si, 070Dh"],
  ["AC",             "06A5 lodsb                   say what is wrong"],
  ["84 C0",          "06A6 test al, al"],
  ["74 09",          "06A8 jz 06B3"],
  ["B4 0E",          "06AA mov ah, 0Eh"],
  ["BB 07 00",       "06AC mov bx, 7"],
  ["CD 10",          "06AF int 10h"],
  ["EB F2",          "06B1 jmp 06A5"],
  ["CD 18",          "06B3 int 18h                 let firmware try what comes next in its order"],
  ["F4",             "06B5 hlt"],
  ["EB FD",          "06B6 jmp 06B5"],
];
const TEXTS = [
  "No partition of this disk is marked active.\r\n", // 06B8
  "The active partition cannot be read.\r\n", // 06E6
  "The active partition holds no system.\r\n", // 070D
];

/** At most 440 bytes, without the signature, the records and what stands between. */
export function activeBootCode(): Uint8Array<ArrayBuffer> {
  const code = CODE.flatMap(([bytes]) => bytes.split(" ").map((byte) => Number.parseInt(byte, 16)));
  const texts = TEXTS.flatMap((text) => [...text].map((letter) => letter.charCodeAt(0)).concat(0));
  return Uint8Array.from([...code, ...texts]);
}

/** For the test that holds the rows beside each other. */
export const activeBootRows = CODE;
