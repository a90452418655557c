import type { BootOffer } from "../dhcp/boot-policy.ts";
import { bootChoices, scriptUrl } from "./boot-choices.ts";

/** A condition compares bytes: with a number it is never true. */
const bytes = (number: number): string => (number + 0x1_0000).toString(16).slice(1).replace(/^../, "$&:");

/** Lines for dhcpd.conf, outside of a subnet or in one. */
export function iscSnippet(offer: BootOffer): string {
  const script = scriptUrl(offer);
  const cases = bootChoices(offer).map(({ architectures, file, isHttp }) => ({
    when: architectures.map((number) => `option lifeboat-architecture = ${bytes(number)}`).join(" or "),
    lines: [
      ...(isHttp ? ['option vendor-class-identifier "HTTPClient";'] : [`next-server ${offer.address};`]),
      `filename "${file}";`,
    ],
  }));
  const whole = [
    ...(script === undefined
      ? []
      : [{ when: 'exists user-class and option user-class = "iPXE"', lines: [`filename "${script}";`] }]),
    ...cases,
  ];
  return [
    "# in /etc/dhcp/dhcpd.conf",
    "option lifeboat-architecture code 93 = unsigned integer 16;",
    ...whole.flatMap(({ when, lines }, i) => [
      `${i === 0 ? "if" : "} elsif"} ${when} {`,
      ...lines.map((line) => `  ${line}`),
    ]),
    ...(whole.length > 0 ? ["}"] : []),
  ].join("\n");
}
