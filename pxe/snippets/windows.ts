import type { BootOffer } from "../dhcp/boot-policy.ts";
import { bootChoices, scriptUrl, vendorClass } from "./boot-choices.ts";

/** PowerShell for a Windows server with the DHCP role: a policy for each kind of computer, iPXE first. */
export function windowsSnippet(offer: BootOffer): string {
  const script = scriptUrl(offer);
  return [
    "# in PowerShell, as an administrator of DHCP; set $scope to the network of the computers",
    "$scope = '10.0.0.0'",
    "Add-DhcpServerv4OptionDefinition -OptionId 60 -Name 'Vendor class of the answer' -Type String -ErrorAction SilentlyContinue",
    ...(script === undefined
      ? []
      : policy({ name: "Lifeboat iPXE", kind: "User", says: ["iPXE"], options: { 67: script } })),
    ...bootChoices(offer).flatMap(({ name, architectures, file, isHttp }) =>
      policy({
        ...{ name: `Lifeboat ${name}`, kind: "Vendor" },
        says: architectures.map((number) => vendorClass(number, isHttp)),
        options: isHttp ? { 60: "HTTPClient", 67: file } : { 66: offer.address, 67: file },
      }),
    ),
  ].join("\n");
}

interface Policy {
  readonly name: string;
  readonly kind: "User" | "Vendor";
  /** What its computers begin option 77 or 60 with. */
  readonly says: readonly string[];
  readonly options: Readonly<Record<number, string>>;
}

function policy({ name, kind, says, options }: Policy): string[] {
  const classes = says.map((data, i) => ({ data, title: i === 0 ? name : `${name} ${i + 1}` }));
  const conditions = classes.map(({ title }) => `'${title}${kind === "Vendor" ? "*" : ""}'`).join(",");
  return [
    ...classes.map(({ data, title }) => `Add-DhcpServerv4Class -Name '${title}' -Type ${kind} -Data '${data}'`),
    `Add-DhcpServerv4Policy -Name '${name}' -ScopeId $scope -Condition OR -${kind}Class EQ,${conditions}`,
    ...Object.entries(options).map(
      ([id, value]) =>
        `Set-DhcpServerv4OptionValue -ScopeId $scope -PolicyName '${name}' -OptionId ${id} -Value '${value}'`,
    ),
  ];
}
