import type { Inf, InfLine } from "#imaging/universal/windows/inf/parse-inf.ts";

const MOST_VALUES = 2000;

/** A registry value below a service's own key. */
export interface DriverValue {
  /** Key below the service's own: "Parameters\PnpInterface"; "" for itself. */
  readonly key: string;
  readonly name: string;
  readonly value:
    | { readonly type: "string" | "expand-string"; readonly text: string }
    | { readonly type: "strings"; readonly texts: readonly string[] }
    | { readonly type: "dword"; readonly number: number }
    | { readonly type: "binary"; readonly bytes: readonly number[] };
}

// Flags of an add-registry-section's line ("INF AddReg Directive", Microsoft).
const KEY_ONLY = 0x10;
const DELETE = 0x4;
const TYPE = 0xffff_0001;
const BINARY = 0x1;
const MULTI_STRING = 0x1_0000;
const EXPAND_STRING = 0x2_0000;
const DWORD = 0x1_0001;

/**
 * `HKR, subkey, name, flags, value`: what a service-install-section's AddReg writes. Lines for other roots than HKR, the
 * service itself, are none of the boot's business and are left out, and so is what deletes.
 * @param sections names, as AddReg lists them
 * @throws INF_INVALID
 */
export function addedValues(inf: Inf, sections: readonly string[]): DriverValue[] {
  const lines: InfLine[] = [];
  for (const section of new Set(sections))
    lines.push(...(inf.section(section) ?? []).slice(0, Math.max(0, MOST_VALUES - lines.length)));
  return lines.flatMap(({ values }) => {
    const [root = "", key = "", name = "", flag = "", ...data] = values.map((value) => inf.text(value).trim());
    const flags = Number(flag === "" ? 0 : flag);
    if (root.toUpperCase() !== "HKR" || !Number.isInteger(flags) || (flags & (KEY_ONLY | DELETE)) !== 0) return [];
    const value = dataIn((flags & TYPE) >>> 0, data);
    return value && isKeyName(key) ? [{ key, name, value }] : [];
  });
}

/** A path of the registry that stays where it is: names without emptiness between them. */
const isKeyName = (key: string): boolean =>
  key === "" || key.split("\\").every((name) => name !== "" && name.length < 256);

function dataIn(type: number, data: readonly string[]): DriverValue["value"] | undefined {
  const [first = ""] = data;
  switch (type) {
    case 0:
      return { type: "string", text: first };
    case EXPAND_STRING:
      return { type: "expand-string", text: first };
    case MULTI_STRING:
      return { type: "strings", texts: data.filter((text) => text !== "") };
    case DWORD:
      return dwordOf(data);
    case BINARY: {
      const bytes = data.map((text) => Number.parseInt(text, 16));
      return bytes.every((byte) => byte >= 0 && byte <= 0xff) ? { type: "binary", bytes } : undefined;
    }
    default:
      return undefined;
  }
}

/** A number, or its four bytes in hexadecimal, the lowest first. */
function dwordOf(data: readonly string[]): DriverValue["value"] | undefined {
  const number =
    data.length === 4
      ? data.reduceRight((sum, text) => sum * 256 + Number.parseInt(text, 16), 0)
      : Number(data[0] === "" ? Number.NaN : data[0]);
  return Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff ? { type: "dword", number } : undefined;
}
