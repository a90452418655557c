import type { BootOffer } from "../dhcp/boot-policy.ts";
import { bootChoices, scriptUrl } from "./boot-choices.ts";

/** Lines for dnsmasq.conf of a dnsmasq that gives the addresses. */
export function dnsmasqSnippet(offer: BootOffer): string {
  const script = scriptUrl(offer);
  const others = script === undefined ? "" : ",tag:!ipxe";
  return [
    "# in /etc/dnsmasq.d/lifeboat.conf",
    ...(script === undefined ? [] : ["dhcp-userclass=set:ipxe,iPXE", `dhcp-boot=tag:ipxe,${script}`]),
    ...bootChoices(offer).flatMap(({ name, architectures, file, isHttp }) => [
      ...architectures.map((number) => `dhcp-match=set:${name},option:client-arch,${number}`),
      `dhcp-boot=tag:${name}${others},${file}${isHttp ? "" : `,,${offer.address}`}`,
      ...(isHttp ? [`dhcp-option-force=tag:${name}${others},60,HTTPClient`] : []),
    ]),
  ].join("\n");
}
