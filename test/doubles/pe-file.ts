import { createHash } from "node:crypto";

export interface PeSectionContent {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface PeOptions {
  readonly machine?: number;
  readonly sections?: readonly PeSectionContent[];
  /** What is in its signature beside the digest of the program; undefined: not signed. */
  readonly signature?: Uint8Array;
  /** A byte of the program that is changed after it was signed. */
  readonly changed?: number;
}

const PE_AT = 0x80;
const COFF = PE_AT + 4;
const OPTIONAL = COFF + 20;
const OPTIONAL_SIZE = 112 + 16 * 8;
const CHECKSUM = OPTIONAL + 64;
const CERTIFICATES = OPTIONAL + 112 + 4 * 8;
const HEADERS = 0x400;

/**
 * A PE32+ image by the layout of Microsoft's PE Format, as linkers and sbsign write one: names of sections that are longer
 * than eight letters lie in a table of strings behind the sections.
 */
export function peFile({ machine = 0x8664, sections = [], signature, changed }: PeOptions = {}): Buffer {
  const strings = sections.filter(({ name }) => name.length > 8).map(({ name }) => name);
  const parts: Buffer[] = [];
  const headers = Buffer.alloc(HEADERS);
  headers.write("MZ", 0, "latin1");
  headers.writeUInt32LE(PE_AT, 0x3c);
  headers.write("PE\0\0", PE_AT, "latin1");
  headers.writeUInt16LE(machine, COFF);
  headers.writeUInt16LE(sections.length, COFF + 2);
  headers.writeUInt16LE(OPTIONAL_SIZE, COFF + 16);
  headers.writeUInt16LE(0x20b, OPTIONAL);
  headers.writeUInt32LE(16, OPTIONAL + 108);
  let at = HEADERS;
  let string = 4;
  for (const [i, { name, content }] of sections.entries()) {
    const place = OPTIONAL + OPTIONAL_SIZE + i * 40;
    headers.write(name.length > 8 ? `/${string}` : name, place, "latin1");
    if (name.length > 8) string += name.length + 1;
    const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    headers.writeUInt32LE(content.length, place + 8);
    headers.writeUInt32LE(padded.length, place + 16);
    headers.writeUInt32LE(at, place + 20);
    parts.push(padded);
    at += padded.length;
  }
  const table = Buffer.from(`\0\0\0\0${strings.map((name) => `${name}\0`).join("")}`, "latin1");
  table.writeUInt32LE(table.length, 0);
  headers.writeUInt32LE(at, COFF + 8);
  const body = Buffer.concat([headers, ...parts, table]);
  const program = Buffer.concat([body, Buffer.alloc(-body.length & 7)]);
  return signature ? sign(program, signature, changed) : program;
}

/** An attribute certificate (PE Format, "The Attribute Certificate Table") that holds the program's digest, as PKCS #7 does. */
function sign(program: Buffer, signature: Uint8Array, changed: number | undefined): Buffer {
  const hash = createHash("sha256");
  hash.update(program.subarray(0, CHECKSUM)).update(program.subarray(CHECKSUM + 4, CERTIFICATES));
  const digest = hash.update(program.subarray(CERTIFICATES + 8)).digest();
  const content = Buffer.concat([digest, signature]);
  const certificate = Buffer.alloc(8 + content.length + (-content.length & 7));
  certificate.writeUInt32LE(certificate.length, 0);
  certificate.writeUInt16LE(0x200, 4);
  certificate.writeUInt16LE(2, 6);
  certificate.set(content, 8);
  program.writeUInt32LE(program.length, CERTIFICATES);
  program.writeUInt32LE(certificate.length, CERTIFICATES + 4);
  if (changed !== undefined) program[changed] = (program[changed] ?? 0) ^ 1;
  return Buffer.concat([program, certificate]);
}

/** DER of a name with one common name (X.520, X.690). */
export function derName(name: string): Buffer {
  const text = Buffer.from(name, "utf8");
  const inner = Buffer.concat([Buffer.from("0603550403", "hex"), Buffer.from([0x0c, text.length]), text]);
  const attribute = Buffer.concat([Buffer.from([0x30, inner.length]), inner]);
  const set = Buffer.concat([Buffer.from([0x31, attribute.length]), attribute]);
  return Buffer.concat([Buffer.from([0x30, set.length]), set]);
}

/** The start of a certificate (RFC 5280, 4.1), as far as names are in it. */
export function derCertificate(issuer: string, subject: string): Buffer {
  const sequence = (...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
    return Buffer.concat([Buffer.from([0x30, ...length]), content]);
  };
  const version = Buffer.from("a003020102", "hex");
  const serial = Buffer.from("020101", "hex");
  return sequence(sequence(version, serial, sequence(), derName(issuer), sequence(), derName(subject), sequence()));
}

const X509 = "a159c0a5e494a74a87b5ab155c2bf072";
const SHA256 = "2616c4c14c509240aca941f936934328";

/** EFI_SIGNATURE_LIST (UEFI 2.10, 32.4.1). */
export function signatureList(kind: "x509" | "sha256", values: readonly Uint8Array[]): Buffer {
  const size = 16 + (values[0]?.length ?? 0);
  const header = Buffer.alloc(28);
  header.write(kind === "x509" ? X509 : SHA256, 0, "hex");
  header.writeUInt32LE(28 + size * values.length, 16);
  header.writeUInt32LE(size, 24);
  return Buffer.concat([header, ...values.map((value) => Buffer.concat([Buffer.alloc(16), value]))]);
}

/** Of shim: a table, and behind it what it accepts and what it refuses. */
export function vendorSection(accepted: Buffer, refused: Buffer): Buffer {
  const table = Buffer.alloc(16);
  table.writeUInt32LE(accepted.length, 0);
  table.writeUInt32LE(refused.length, 4);
  table.writeUInt32LE(16, 8);
  table.writeUInt32LE(16 + accepted.length, 12);
  return Buffer.concat([table, accepted, refused]);
}
