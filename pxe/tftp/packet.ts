/** Packets of TFTP: RFC 1350, section 5, with the option extension of RFC 2347. Numbers are big-endian. */

const OPCODE = { read: 1, write: 2, data: 3, ack: 4, error: 5, oack: 6 } as const;

/** RFC 1350, appendix I; 8 is RFC 2347's. */
export const TFTP_ERROR = {
  undefined: 0,
  notFound: 1,
  accessViolation: 2,
  illegalOperation: 4,
  unknownTransfer: 5,
  optionsRefused: 8,
} as const;

/** Names in lower case (RFC 2347: case does not matter), values as they came. The first of several with one name counts. */
export type TftpOptions = ReadonlyMap<string, string>;

export interface TftpRequest {
  readonly type: "read" | "write";
  readonly file: string;
  /** In lower case: "octet", "netascii", "mail", or whatever was asked for. */
  readonly mode: string;
  readonly options: TftpOptions;
}

export type TftpPacket =
  | TftpRequest
  | { readonly type: "data"; readonly block: number; readonly data: Uint8Array }
  | { readonly type: "ack"; readonly block: number }
  | { readonly type: "error"; readonly code: number; readonly message: string }
  | { readonly type: "oack"; readonly options: TftpOptions };

/** What is no packet, and why: for whoever looks into a network that misbehaves. */
export interface Malformed {
  readonly type: "malformed";
  readonly problem: string;
}

/** RFC 2347 lets a request have no more; iPXE's are the longest that were seen, at some 100 bytes. */
export const MOST_REQUEST_BYTES = 512;

const malformed = (problem: string): Malformed => ({ type: "malformed", problem });

/** Never throws; what it returns is no larger than the packet. `data` is a view of it. */
export function parseTftp(packet: Uint8Array): TftpPacket | Malformed {
  if (packet.length < 4) return malformed(`${packet.length} bytes are no packet`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const number = view.getUint16(2);
  switch (view.getUint16(0)) {
    case OPCODE.read:
      return parseRequest("read", packet);
    case OPCODE.write:
      return parseRequest("write", packet);
    case OPCODE.data:
      return { type: "data", block: number, data: packet.subarray(4) };
    case OPCODE.ack:
      return { type: "ack", block: number };
    case OPCODE.error:
      // Some clients leave out the NUL behind the text.
      return {
        type: "error",
        code: number,
        message: latin1(packet.subarray(4, MOST_REQUEST_BYTES)).split("\0", 1)[0] ?? "",
      };
    case OPCODE.oack: {
      const texts = strings(packet, 2);
      const options = texts && optionsOf(texts);
      return options ? { type: "oack", options } : malformed("options without their values");
    }
    default:
      return malformed(`opcode ${view.getUint16(0)}`);
  }
}

function parseRequest(type: "read" | "write", packet: Uint8Array): TftpRequest | Malformed {
  if (packet.length > MOST_REQUEST_BYTES) return malformed(`a request of ${packet.length} bytes`);
  const texts = strings(packet, 2);
  if (!texts) return malformed("a request whose last text has no end");
  const [file = "", mode = "", ...rest] = texts;
  if (file === "" || mode === "") return malformed("a request without a file or a mode");
  const options = optionsOf(rest);
  return options ? { type, file, mode: mode.toLowerCase(), options } : malformed("options without their values");
}

/** Texts that each end with NUL; undefined if the last one does not. */
function strings(packet: Uint8Array, from: number): string[] | undefined {
  if (packet.length > MOST_REQUEST_BYTES || packet.at(-1) !== 0) return undefined;
  return utf8(packet.subarray(from, -1)).split("\0");
}

function optionsOf(texts: readonly string[]): TftpOptions | undefined {
  // A client that pads its request with NULs has no options behind the first empty name.
  const end = texts.findIndex((text, i) => i % 2 === 0 && text === "");
  const used = end < 0 ? texts : texts.slice(0, end);
  if (used.length % 2 === 1) return undefined;
  const options = new Map<string, string>();
  for (let i = 0; i < used.length; i += 2) {
    const name = (used[i] as string).toLowerCase();
    if (!options.has(name)) options.set(name, used[i + 1] as string);
  }
  return options;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
/** File names are bytes to TFTP; those of today's servers are UTF-8. */
const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const head = (opcode: number, number: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt16BE(opcode, 0);
  bytes.writeUInt16BE(number, 2);
  return bytes;
};
const withOpcode = (opcode: number, texts: readonly string[]): Buffer => {
  const opcodeBytes = Buffer.from([0, opcode]);
  return Buffer.concat([opcodeBytes, ...texts.map((text) => Buffer.from(`${text}\0`))]);
};

/** Bytes before a block's data. */
export const DATA_HEAD = 4;
/** @param at where the packet begins @param block of which the lowest 16 bits are its number */
export function writeDataHead(packets: Buffer, at: number, block: number): void {
  packets.writeUInt16BE(OPCODE.data, at);
  packets.writeUInt16BE(block & 0xffff, at + 2);
}
/**
 * The number of an acknowledgement; undefined: it is something else. Of each thousand packets of a transfer nearly all are these.
 * @param length of the packet, where the buffer is longer
 */
export const acknowledged = (packet: Buffer, length = packet.length): number | undefined =>
  length >= 4 && packet[0] === 0 && packet[1] === OPCODE.ack ? packet.readUInt16BE(2) : undefined;
export const ackPacket = (block: number): Buffer => head(OPCODE.ack, block);
export const errorPacket = (code: number, message: string): Buffer =>
  Buffer.concat([head(OPCODE.error, code), Buffer.from(`${message}\0`, "latin1")]);
export const oackPacket = (options: TftpOptions): Buffer => withOpcode(OPCODE.oack, [...options].flat());
export const requestPacket = ({ type, file, mode, options }: TftpRequest): Buffer =>
  withOpcode(OPCODE[type], [file, mode, ...[...options].flat()]);
