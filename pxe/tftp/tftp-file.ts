/** A file that is open, as far as a transfer needs it: a `ServedFile` is one. */
export interface TftpFile {
  readonly handle: {
    read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
    close(): Promise<void>;
  };
  readonly name: string;
  readonly size: number;
}

/** A file that lies on no disk. */
export function textFile(name: string, text: string): TftpFile {
  const content = Buffer.from(text);
  const handle: TftpFile["handle"] = {
    read: async (buffer, offset, length, position) => ({
      bytesRead: content.copy(buffer, offset, position, position + length),
    }),
    close: async () => {},
  };
  return { handle, name, size: content.length };
}
