import { expect, test } from "vitest";
import { discover } from "#test/doubles/dhcp-messages.ts";
import { caseRandom } from "#test/fuzz/random.ts";
import { MESSAGE, OPTION } from "./options.ts";
import { type DhcpPacket, parseDhcp, serialiseDhcp } from "./packet.ts";

const random = caseRandom(3, "dhcp", 0);
const bytes = (length: number) => Uint8Array.from({ length }, () => random.int(256));
const address = () => [...bytes(4)].join(".");
const USED_BY_THE_CODEC: readonly number[] = [OPTION.pad, OPTION.overload, OPTION.end];

const anyPacket = (): DhcpPacket => {
  const codes = Array.from({ length: random.int(12) }, () => random.int(256));
  const options = codes.filter((code) => !USED_BY_THE_CODEC.includes(code));
  return {
    ...{ op: random.pick(["request", "reply"] as const), hardwareType: 1, hardware: bytes(random.int(17)) },
    ...{
      hops: random.int(17),
      transaction: random.int(2 ** 32),
      seconds: random.int(65_536),
      broadcast: random.chance(0.5),
    },
    ...{ ciaddr: address(), yiaddr: address(), siaddr: address(), giaddr: address() },
    ...{ sname: random.chance(0.7) ? "" : "server", file: random.chance(0.7) ? "" : "boot/file.efi" },
    options: new Map(options.map((code) => [code, bytes(random.int(random.chance(0.1) ? 700 : 40))])),
  };
};
const plain = ({ options, hardware, ...rest }: DhcpPacket) => ({
  ...{ ...rest, problem: rest.problem, hardware: [...hardware] },
  options: Object.fromEntries([...options].map(([code, value]) => [code, [...value]])),
});

test("what fits is read as it was written, long options and overloads too, and never larger than allowed", () => {
  const seen = { fits: 0, overloaded: 0, long: 0 };
  for (let i = 0; i < 3000; i++) {
    const packet = anyPacket();
    const most = random.pick([300, 548, 1472]);
    const message = serialiseDhcp(packet, most);
    if (!message) continue;
    expect(message.length).toBeLessThanOrEqual(most);
    expect(message.length).toBeGreaterThanOrEqual(300);
    const again = parseDhcp(message);
    expect(again && plain(again)).toEqual(plain(packet));
    seen.fits++;
    if ([...packet.options.values()].some(({ length }) => length > 255)) seen.long++;
    if (message.subarray(240).join().includes("52,1,")) seen.overloaded++;
  }
  expect(seen.fits).toBeGreaterThan(1000);
  expect(seen.overloaded).toBeGreaterThan(50);
  expect(seen.long).toBeGreaterThan(50);
});

test("the relay's option comes last, the message's type first (RFC 3046, section 2.1)", () => {
  const packet = discover([
    [OPTION.relayAgent, Uint8Array.of(1, 1, 7)],
    [OPTION.vendorClass, Buffer.from("PXEClient")],
  ]);
  const codes = [...(parseDhcp(serialiseDhcp(packet) as Uint8Array)?.options.keys() ?? [])];
  expect(codes).toEqual([OPTION.messageType, OPTION.vendorClass, OPTION.relayAgent]);
});

test("an option in pieces is one option, in whatever places the pieces are (RFC 3396)", () => {
  const message = Buffer.alloc(300);
  message[0] = 1;
  message.writeUInt32BE(0x6382_5363, 236);
  message.set([53, 1, 1, 67, 2, 0x61, 0x62, 52, 1, 3, 255], 240);
  message.set([67, 1, 0x63, 255], 108);
  message.set([67, 1, 0x64, 60, 1, 0x78, 255], 44);
  const packet = parseDhcp(message);
  expect(Buffer.from(packet?.options.get(67) ?? []).toString()).toBe("abcd");
  expect(packet).toMatchObject({ file: "", sname: "", problem: undefined });
  expect([...(packet?.options.keys() ?? [])]).toEqual([53, 67, 60]);
});

test("an option that is cut off is said, and what came before it counts", () => {
  const whole = serialiseDhcp(discover([[OPTION.vendorClass, Buffer.from("PXEClient")]])) as Uint8Array;
  const packet = parseDhcp(whole.subarray(0, 248));
  expect(packet?.problem).toBe("option 60 is cut off");
  expect(packet?.options.get(OPTION.messageType)).toEqual(Uint8Array.of(MESSAGE.discover));
});

test("every length of a message is taken or refused without an error", () => {
  const whole = serialiseDhcp(anyPacket(), 1472) ?? new Uint8Array(300);
  for (let length = 0; length <= whole.length; length++)
    expect(parseDhcp(whole.subarray(0, length)) === undefined).toBe(length < 240);
});

test("without the cookie, of another kind, or with a hardware address that is too long it is no DHCP", () => {
  const whole = serialiseDhcp(discover([])) as Uint8Array;
  for (const [place, value] of [
    [236, 0],
    [0, 3],
    [2, 17],
  ] as const) {
    const other = whole.slice();
    other[place] = value;
    expect(parseDhcp(other)).toBeUndefined();
  }
});
