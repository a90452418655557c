import type { BootOffer } from "../dhcp/boot-policy.ts";
import { bootChoices, scriptUrl, vendorClass } from "./boot-choices.ts";

/** Commands for RouterOS from 7.4 on, which has matchers. */
export function mikrotikSnippet(offer: BootOffer): string {
  const script = scriptUrl(offer);
  const option = (name: string, code: number, value: string) =>
    `/ip dhcp-server option add name=lifeboat-${name} code=${code} value="s'${value}'"`;
  const set = (name: string, options: readonly string[]) =>
    `/ip dhcp-server option sets add name=lifeboat-${name} options=${options.map((one) => `lifeboat-${one}`).join(",")}`;
  const matcher = (name: string, set: string, code: number, value: string) =>
    `/ip dhcp-server matcher add name=lifeboat-${name} server=$server address-pool=$pool code=${code} matching-type=substring value="${value}" option-set=lifeboat-${set}`;
  return [
    "# in a terminal of RouterOS, version 7.4 or later; name your DHCP server and its pool in the first two lines",
    ':local server "dhcp1"',
    ':local pool "dhcp_pool0"',
    `/ip dhcp-server network set [find] next-server=${offer.address}`,
    option("server", 66, offer.address),
    ...(script === undefined
      ? []
      : [option("script", 67, script), set("ipxe", ["script"]), matcher("ipxe", "ipxe", 77, "iPXE")]),
    ...bootChoices(offer).flatMap(({ name, architectures, file, isHttp }) => [
      option(`file-${name}`, 67, file),
      ...(isHttp ? [option(`class-${name}`, 60, "HTTPClient")] : []),
      set(name, [...(isHttp ? [`class-${name}`] : ["server"]), `file-${name}`]),
      ...architectures.map((number, i) =>
        matcher(i === 0 ? name : `${name}-${i + 1}`, name, 60, vendorClass(number, isHttp)),
      ),
    ]),
  ].join("\n");
}
