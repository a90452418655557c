import { ipv4Number } from "../../net/ipv4.ts";
import { bootRequestOf } from "../boot-request.ts";
import { OPTION } from "../options.ts";
import { type DhcpPacket, NO_ADDRESS } from "../packet.ts";

/** Who asks for an address. */
export interface Client {
  /** How it names itself: its client identifier, else its hardware address (RFC 2131, section 4.2). */
  readonly key: string;
  /** "52:54:00:12:34:56"; of other hardware than Ethernet as many bytes as it has. */
  readonly mac: string;
  /** All that it can be known by, for reservations: "mac ...", "id ...", "uuid ...". */
  readonly marks: readonly string[];
  /** It starts from the network: firmware, or a boot loader. */
  readonly isFirmware: boolean;
  /** The address that it has already. */
  readonly uses: number | undefined;
}

/** Undefined: it has no name at all. */
export function clientOf(packet: DhcpPacket): Client | undefined {
  const mac = Buffer.from(packet.hardware).toString("hex").match(/../g)?.join(":") ?? "";
  const given = packet.options.get(OPTION.clientId);
  const id = given && given.length > 0 ? `id ${Buffer.from(given).toString("hex")}` : undefined;
  if (mac === "" && id === undefined) return undefined;
  const boot = bootRequestOf(packet);
  const byMac = `mac ${mac}`;
  return {
    key: id ?? byMac,
    mac,
    marks: [byMac, ...(id === undefined ? [] : [id]), ...(boot?.uuid === undefined ? [] : [`uuid ${boot.uuid}`])],
    isFirmware: boot !== undefined,
    uses: packet.ciaddr === NO_ADDRESS ? undefined : ipv4Number(packet.ciaddr),
  };
}
