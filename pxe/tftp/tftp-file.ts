/** A file that is open, as far as a transfer needs it: a `ServedFile` is one. */
export interface TftpFile {
  readonly handle: {
    /** Into one after the other. */
    readv(buffers: readonly Buffer[], position: number): Promise<{ readonly bytesRead: number }>;
    close(): Promise<void>;
  };
  readonly name: string;
  readonly size: number;
}

/** A file that lies on no disk. */
export function textFile(name: string, text: string): TftpFile {
  const content = Buffer.from(text);
  const handle: TftpFile["handle"] = {
    async readv(buffers, position) {
      let bytesRead = 0;
      for (const buffer of buffers) bytesRead += content.copy(buffer, 0, position + bytesRead);
      return { bytesRead };
    },
    close: async () => {},
  };
  return { handle, name, size: content.length };
}
