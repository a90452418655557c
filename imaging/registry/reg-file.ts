import { unprintableIn } from "#base/printable.ts";
import { type Difference, differences } from "#imaging/registry/differences.ts";
import { applyEdits, type Edit } from "#imaging/registry/edit.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { REG_BINARY, REG_DWORD, REG_SZ, text, type Value } from "#imaging/registry/value.ts";

const HEAD = "Windows Registry Editor Version 5.00";
/** As Regedit folds its lines. */
const LINE = 80;

/**
 * Changes as a file that Regedit takes in: UTF-16LE with its mark.
 * @param prefix the name of the hive's root there: "HKEY_LOCAL_MACHINE\\SYSTEM"
 */
export function regFile(changes: Iterable<Difference>, prefix: string): Uint8Array {
  const lines = [HEAD];
  let open: string | undefined;
  for (const change of changes) {
    const removed = change.kind === "key-removed";
    const left = unprintableIn(change.key) ?? ("name" in change ? unprintableIn(change.name) : undefined);
    if (left !== undefined) {
      lines.push("", `; left out: a name with the character ${left}, which this format cannot hold`);
      open = undefined;
      continue;
    }
    const key = change.key === "" ? prefix : `${prefix}\\${change.key}`;
    if (removed || key !== open) lines.push("", removed ? `[-${key}]` : `[${key}]`);
    open = removed ? undefined : key;
    if (change.kind === "value-removed") lines.push(`${quotedName(change.name)}=-`);
    else if ("after" in change) lines.push(valueLine(change.name, change.after));
  }
  return Buffer.from(`\ufeff${lines.join("\r\n")}\r\n\r\n`, "utf16le");
}

/**
 * What brings a hive back that edits were made in, as a file for Regedit. Security descriptors and class names of keys that
 * are deleted are not in it: a copy of the hive's file is the exact way back.
 * @param before the hive before the edits; not changed
 */
export function undoRegFile(before: Hive, edits: readonly Edit[], prefix: string): Uint8Array {
  const changed = openHive(before.toBytes(), {}, { file: before.file, allowDirty: true });
  applyEdits(changed.root, edits);
  return regFile(differences(changed, before), prefix);
}

const quoted = (plain: string): string => `"${plain.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const quotedName = (name: string): string => (name === "" ? "@" : quoted(name));

function valueLine(name: string, value: Value): string {
  const start = `${quotedName(name)}=`;
  if (value.type === REG_DWORD && value.bytes.length === 4)
    return `${start}dword:${(value.number as number).toString(16).padStart(8, "0")}`;
  const plain = value.type === REG_SZ ? value.text : undefined;
  // Only a text of usual form: what stands behind its end, or no end, is kept byte for byte.
  if (plain !== undefined && unprintableIn(plain) === undefined && Buffer.compare(text(plain).bytes, value.bytes) === 0)
    return start + quoted(plain);
  const kind = value.type === REG_BINARY ? "hex:" : `hex(${value.type.toString(16)}):`;
  return folded(start + kind, value.bytes);
}

function folded(start: string, bytes: Uint8Array): string {
  let line = start;
  let all = "";
  for (const [index, byte] of bytes.entries()) {
    const item = byte.toString(16).padStart(2, "0") + (index + 1 < bytes.length ? "," : "");
    if (line.length + item.length + 1 > LINE && line !== "  ") {
      all += `${line}\\\r\n`;
      line = "  ";
    }
    line += item;
  }
  return all + line;
}
