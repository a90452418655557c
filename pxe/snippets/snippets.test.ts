import { expect, test } from "vitest";
import { bootChoices } from "./boot-choices.ts";
import { SNIPPETS } from "./snippets.ts";

const OFFER = {
  address: "192.0.2.1",
  url: "http://192.0.2.1:8080",
  loaders: { bios: "bios.0", x64: "bootx64.efi", arm64: "bootaa64.efi" },
  script: "boot.ipxe",
};
const lines = (name: keyof typeof SNIPPETS, offer: Parameters<typeof bootChoices>[0] = OFFER) =>
  SNIPPETS[name].text(offer).split("\n");

test("each kind of computer that there is a file for has its own", () => {
  expect(bootChoices(OFFER)).toEqual([
    { name: "bios", architectures: [0], file: "bios.0", isHttp: false },
    { name: "x64", architectures: [7, 9], file: "bootx64.efi", isHttp: false },
    { name: "arm64", architectures: [11], file: "bootaa64.efi", isHttp: false },
    { name: "x64-http", architectures: [16], file: "http://192.0.2.1:8080/bootx64.efi", isHttp: true },
    { name: "arm64-http", architectures: [19], file: "http://192.0.2.1:8080/bootaa64.efi", isHttp: true },
  ]);
});

test("Windows: classes first, then a policy for all that say so, then what it is told", () => {
  const text = lines("windows");
  const x64 = text.filter((line) => line.includes("Lifeboat x64'") || line.includes("Lifeboat x64 2'"));
  expect(x64).toEqual([
    "Add-DhcpServerv4Class -Name 'Lifeboat x64' -Type Vendor -Data 'PXEClient:Arch:00007'",
    "Add-DhcpServerv4Class -Name 'Lifeboat x64 2' -Type Vendor -Data 'PXEClient:Arch:00009'",
    "Add-DhcpServerv4Policy -Name 'Lifeboat x64' -ScopeId $scope -Condition OR -VendorClass EQ,'Lifeboat x64*','Lifeboat x64 2*'",
    "Set-DhcpServerv4OptionValue -ScopeId $scope -PolicyName 'Lifeboat x64' -OptionId 66 -Value '192.0.2.1'",
    "Set-DhcpServerv4OptionValue -ScopeId $scope -PolicyName 'Lifeboat x64' -OptionId 67 -Value 'bootx64.efi'",
  ]);
  // The first policy that matches goes before others: iPXE says what its firmware says, too.
  const policies = text.filter((line) => line.startsWith("Add-DhcpServerv4Policy"));
  expect(policies[0]).toContain("-UserClass EQ,'Lifeboat iPXE'");
});

test("RouterOS: a set of options for each kind, and what leads to it", () => {
  const arm = lines("mikrotik").filter((line) => line.endsWith("lifeboat-arm64") || line.includes("=lifeboat-arm64 "));
  expect(arm).toEqual([
    "/ip dhcp-server option sets add name=lifeboat-arm64 options=lifeboat-server,lifeboat-file-arm64",
    expect.stringMatching(/ code=60 .* value="PXEClient:Arch:00011" option-set=lifeboat-arm64$/),
  ]);
  expect(lines("mikrotik").filter((line) => line.includes(" matcher add ")).length).toBe(7);
});

test("OPNsense: fields of its page only for files that there are", () => {
  const text = lines("opnsense").join("\n");
  expect(text).toContain("#   Set ARM UEFI (64-bit) filename: bootaa64.efi");
  expect(text).not.toContain("32-bit");
});

test.each(Object.keys(SNIPPETS) as (keyof typeof SNIPPETS)[])(
  "%s: without a script iPXE gets what its firmware gets",
  (name) => {
    const text = lines(name, { ...OFFER, script: undefined }).join("\n");
    expect(text).not.toMatch(/ipxe/i);
    expect(text).toContain("bootx64.efi");
  },
);
