import type { BootOffer } from "../dhcp/boot-policy.ts";
import { bootChoices, scriptUrl } from "./boot-choices.ts";

const hex = (number: number): string => `0x${number.toString(16).padStart(4, "0")}`;

/** Members of "Dhcp4" in kea-dhcp4.conf. */
export function keaSnippet(offer: BootOffer): string {
  const script = scriptUrl(offer);
  const classes = [
    ...(script === undefined
      ? []
      : [{ name: "lifeboat-ipxe", test: "option[77].hex == 'iPXE'", "boot-file-name": script }]),
    ...bootChoices(offer).map(({ name, architectures, file, isHttp }) => {
      const is = architectures.map((number) => `option[93].hex == ${hex(number)}`).join(" or ");
      return {
        name: `lifeboat-${name}`,
        test: script === undefined ? is : `not member('lifeboat-ipxe') and (${is})`,
        ...(isHttp ? {} : { "next-server": offer.address }),
        "boot-file-name": file,
        ...(isHttp
          ? { "option-data": [{ name: "vendor-class-identifier", data: "HTTPClient", "always-send": true }] }
          : {}),
      };
    }),
  ];
  const text = JSON.stringify({ "client-classes": classes }, undefined, 2);
  return ["// in /etc/kea/kea-dhcp4.conf, as a member of Dhcp4", ...text.split("\n").slice(1, -1)].join("\n");
}
