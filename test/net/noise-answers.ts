import { readMessage } from "./client-message.ts";

/** Of all answers: how many of each kind, and those that should not be, in words. */
export interface NoiseResult {
  readonly kinds: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

export interface Answers {
  readonly dhcp: (packet: Buffer) => void;
  readonly tftp: (packet: Buffer) => void;
  readonly http: (answer: Buffer) => void;
  readonly result: () => NoiseResult;
}

/** What is served, and nothing of which may be in an answer. */
export const SERVED = "a boot loader that anybody may load; ".repeat(100);
export const SECRET = "what nobody may load";
const DHCP_KINDS: Readonly<Record<number, string>> = { 2: "offer", 5: "ack", 6: "nak" };
const STATUS = [200, 204, 206, 304, 400, 403, 404, 405, 408, 411, 413, 414, 415, 416, 417, 431, 501, 505];

/** Judges what a server answers to noise. */
export function noiseAnswers(): Answers {
  const kinds: Record<string, number> = {};
  const wrong: string[] = [];
  const count = (kind: string) => {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  };
  const expect = (holds: boolean, what: string) => {
    if (!holds && wrong.length < 20) wrong.push(what);
  };
  return {
    dhcp(packet) {
      const message = readMessage(packet);
      const kind = DHCP_KINDS[message?.kind ?? 0];
      count(`dhcp ${kind}`);
      expect(kind !== undefined, `DHCP: ${packet.toString("hex")}`);
      const [a, b, c = 0] = (message?.yiaddr ?? "").split(".").map(Number);
      const isOfThePool = a === 10 && b === 80 && c >= 1 && c <= 39;
      expect(message?.yiaddr === "0.0.0.0" || isOfThePool, `DHCP gives ${message?.yiaddr}`);
      const file = message?.options.get(67)?.toString("latin1") ?? message?.file ?? "";
      expect(
        ["", "bootx64.efi", "http://10.80.0.1/bootx64.efi"].includes(file.replace(/\0+$/, "")),
        `DHCP names ${file}`,
      );
    },
    tftp(packet) {
      const code = packet.readUInt16BE(0);
      count(`tftp ${["", "", "", "data", "", "error", "oack"][code] || code}`);
      expect(code === 3 || code === 5 || code === 6, `TFTP: ${packet.toString("hex")}`);
      if (code === 3)
        expect(SERVED.includes(packet.toString("latin1", 4)), `TFTP sends ${packet.toString("latin1", 4)}`);
      expect(!packet.includes(SECRET), "TFTP sends the secret");
    },
    http(answer) {
      const head = answer.toString("latin1", 0, 400);
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
      count(answer.length === 0 ? "http nothing" : `http ${status}`);
      if (answer.length > 0) expect(STATUS.includes(status), `HTTP: ${head}`);
      expect(!answer.includes(SECRET), "HTTP sends the secret");
      // Errors show no place of this machine.
      expect(!/\/tmp\/|node_modules|\.ts:\d/.test(answer.toString("latin1")), `HTTP tells ${head}`);
    },
    result: () => ({ kinds, wrong }),
  };
}
