import { describe, expect, test } from "vitest";
import { grubNetbootConfig } from "./grub-netboot.ts";
import { ipxeScript } from "./ipxe-script.ts";
import { parseServerUrl } from "./server-url.ts";

const MENU = {
  name: "Lifeboat",
  layers: ["base", "firmware", "kiosk", "extra", "lifeboat"],
  extraKernelParameters: "",
};
const URL_GIVEN = parseServerUrl("http://192.0.2.1:8080/a b/Ж/");
const layersOf = (text: string) => [...text.matchAll(/lifeboat\.layers=(\S+)/g)].map(([, layers]) => layers);

describe.each([
  ["GRUB", grubNetbootConfig],
  ["iPXE", ipxeScript],
])("the menu for %s", (_name, menu) => {
  test("text only loads neither what a screen needs nor firmware, which is an entry of its own", () => {
    expect(layersOf(menu(MENU, undefined))).toEqual([
      "base,firmware,kiosk,extra,lifeboat",
      "base,extra,lifeboat",
      "base,firmware,extra,lifeboat",
    ]);
    expect(layersOf(menu({ ...MENU, layers: ["base", "lifeboat"] }, undefined))).toEqual(["base,lifeboat"]);
  });

  test("the voice is an entry of its own, and in no other one", () => {
    const layers = ["base", "firmware", "speech", "kiosk", "lifeboat"];
    expect(layersOf(menu({ ...MENU, layers }, undefined))).toEqual([
      "base,firmware,kiosk,lifeboat",
      "base,lifeboat",
      "base,firmware,lifeboat",
      "base,speech,lifeboat",
    ]);
  });

  test("a URL is where the files and the layers are", () => {
    const text = menu(MENU, URL_GIVEN);
    expect(text).toContain("192.0.2.1:8080");
    expect(text).toContain("/a%20b/%D0%96");
    expect(text).not.toContain("/a%20b/%D0%96//");
  });

  test("a name cannot say more than what it is", () => {
    const text = menu({ ...MENU, name: "x\\' && reboot; $\u007bnet0/ip} {" }, undefined);
    if (text.startsWith("#!ipxe")) expect(text).not.toMatch(/\$\{net0|&& reboot/);
    else expect(text).toContain("menuentry 'x\\'\\'' && reboot; $\u007bnet0/ip} {' {");
  });
});

test("an iPXE that does not know where its script came from asks the server that it has its files from", () => {
  const [, ...lines] = ipxeScript(MENU, undefined).split("\n");
  expect(lines.slice(0, 2)).toEqual([
    "set base $\u007bcwduri}",
    "isset $\u007bbase} || set base http://$\u007bnext-server}/",
  ]);
});

test("an address that no loader could use is refused", () => {
  for (const text of ["https://x/", "http://u@x/", "http://x/?a=b", "http://[2001:db8::1]/", "nonsense", "ftp://x"])
    expect(() => parseServerUrl(text), text).toThrow("--url");
  expect(parseServerUrl("http://server")).toEqual({ host: "server", path: "" });
});
