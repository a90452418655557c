import { createHive } from "#imaging/registry/create-hive.ts";
import { binary, dword, expandable, text, texts } from "#imaging/registry/value.ts";

/** Every kind of cell: leaves of each kind, a root of them, big data, names of both kinds. */
export function richHive(minorVersion: 3 | 5): Uint8Array {
  const hive = createHive({ rootName: "SYSTEM", minorVersion, clock: () => 1_700_000_000_000 });
  const service = hive.root.create("ControlSet001\\Services\\storahci");
  service.set("ImagePath", expandable("System32\\drivers\\storahci.sys"));
  service.set("Start", dword(3));
  service.set("Group", texts(["one", "two"]));
  service.set("", text("default"));
  service.create("StartOverride").set("0", dword(3));
  service.create("Größe\\ключ").set("日本", binary(new Uint8Array(33_000).fill(7)));
  for (let index = 0; index < 12; index++) hive.root.create(`Setup\\k${index}`).set("v", dword(index));
  hive.root.delete("Setup\\k7");
  return hive.toBytes();
}

/** More subkeys than a leaf holds. */
export function wideHive(): Uint8Array {
  const hive = createHive({ clock: () => 1_700_000_000_000 });
  const key = hive.root.create("wide");
  for (let index = 0; index < 520; index++) key.create(`k${index}`);
  return hive.toBytes();
}
