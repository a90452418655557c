import * as z from "zod";

/**
 * What a PXE set says of the rescue systems in it: `rescue.json` beside the kernel. By it whoever makes a boot menu knows how each is
 * started, and with which memory.
 */
export const RESCUE_SET_FILE = "rescue.json";

/** screen: the pages in a browser of its own; text: without; firmware: text, with firmware of cards; speaking: text, read aloud. */
export const RESCUE_KINDS = ["screen", "text", "firmware", "speaking"] as const;
export type RescueKind = (typeof RESCUE_KINDS)[number];

/** A word of a kernel's command line that every boot loader passes on as it is. */
const Word = z.string().regex(/^\S+$/);
const File = z.string().regex(/^[A-Za-z0-9_./-]+$/);

export const RescueSet = z.object({
  format: z.literal(1),
  kernel: File,
  initramfs: File,
  entries: z.array(
    z.object({
      kind: z.enum(RESCUE_KINDS),
      title: z.string().max(300),
      /** Bytes of RAM below which it does not start. */
      memory: z.int().positive(),
      parameters: z.array(Word),
    }),
  ),
});
export type RescueSet = z.infer<typeof RescueSet>;

export const serialiseRescueSet = (set: RescueSet): string => `${JSON.stringify(set, null, 2)}\n`;

/** @returns undefined for what is none, or of a format that came later */
export function parseRescueSet(text: string): RescueSet | undefined {
  try {
    return RescueSet.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
