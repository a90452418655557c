import type { Source } from "./block-reader.ts";

/** A file that is open, as far as a transfer needs it: a `ServedFile` is one. */
export interface TftpFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly handle: { readonly fd: number; close(): Promise<void> } | { readonly content: Uint8Array };
}

/** A file that lies on no disk. */
export function textFile(name: string, text: string): TftpFile {
  const content = Buffer.from(text);
  return { name, size: content.length, handle: { content } };
}

export const sourceOf = ({ handle }: TftpFile): Source => ("fd" in handle ? handle.fd : handle.content);

/** What cannot be closed is gone all the same. */
export async function closeFile({ handle }: TftpFile): Promise<void> {
  if ("fd" in handle) await handle.close().catch(() => {});
}
