import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const DAY_MS = 86_400_000;
/** Object identifiers: ecdsa-with-SHA256 (RFC 5758), commonName (X.520), subjectAltName (RFC 5280, 4.2.1.6). */
const ECDSA_SHA256 = "06082a8648ce3d040302";
const COMMON_NAME = "0603550403";
const ALTERNATIVE_NAMES = "0603551d11";
const [SEQUENCE, SET, INTEGER, OCTETS, BITS, UTF8, UTC_TIME] = [0x30, 0x31, 0x02, 0x04, 0x03, 0x0c, 0x17];
/** Context-specific tags: the version, the extensions, and of general names a DNS name and an address. */
const [VERSION, EXTENSIONS, DNS_NAME, IP_ADDRESS] = [0xa0, 0xa3, 0x82, 0x87];

const hex = (text: string): Buffer => Buffer.from(text, "hex");

/** A value as DER has it (X.690, 10.1). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/**
 * A certificate that vouches for itself (RFC 5280, 4.1), made without a tool: Windows PE has none that makes one, and the rescue system needs none.
 * @param name common name, and a DNS name of it. @param now milliseconds since 1970; a day before that it begins to count
 */
export function selfSigned(
  name: string,
  addresses: readonly string[],
  { now = Date.now(), days = 30 }: { readonly now?: number; readonly days?: number } = {},
): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = der(SEQUENCE, hex(ECDSA_SHA256));
  const subject = der(SEQUENCE, der(SET, der(SEQUENCE, hex(COMMON_NAME), der(UTF8, Buffer.from(name)))));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40; // positive, and no shorter
  // A day back: the clocks of two machines differ.
  const validity = der(SEQUENCE, time(now - DAY_MS), time(now + days * DAY_MS));
  const names = [der(DNS_NAME, Buffer.from(name)), ...addresses.map((one) => der(IP_ADDRESS, addressBytes(one)))];
  const extension = der(SEQUENCE, hex(ALTERNATIVE_NAMES), der(OCTETS, der(SEQUENCE, ...names)));
  const content = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Uint8Array.of(2))),
    der(INTEGER, serial),
    ...[algorithm, subject, validity, subject],
    publicKey.export({ type: "spki", format: "der" }),
    der(EXTENSIONS, der(SEQUENCE, extension)),
  );
  const signature = der(BITS, Uint8Array.of(0), sign("sha256", content, privateKey));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    cert: pem(der(SEQUENCE, content, algorithm, signature)),
  };
}

/** YYMMDDhhmmssZ: until 2049. */
const time = (milliseconds: number): Buffer =>
  der(UTC_TIME, Buffer.from(`${new Date(milliseconds).toISOString().replace(/\D/g, "").slice(2, 14)}Z`));

function addressBytes(address: string): Buffer {
  if (!address.includes(":")) return Buffer.from(address.split(".").map(Number));
  const [before = "", after] = (address.split("%")[0] as string).split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [head, tail] = [groups(before), groups(after ?? "")];
  const all = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return hex(all.map((group) => group.padStart(4, "0")).join(""));
}

const pem = (bytes: Buffer): string =>
  [
    "-----BEGIN CERTIFICATE-----",
    ...(bytes.toString("base64").match(/.{1,64}/g) ?? []),
    "-----END CERTIFICATE-----",
    "",
  ].join("\n");
