import type { TextSection, TextValue } from "#imaging/volume/lvm/parse-text.ts";

/**
 * A description in LVM's text format (LVM2, lib/format_text/export.c). The group comes first: LVM looks for its name at the
 * very start of the text, and GRUB for each word as LVM itself writes it.
 */
export const writeText = ({ values, sections }: TextSection): string =>
  [...writeSections(sections, ""), ...writeValues(values, "")].join("\n").concat("\n");

const writeValues = (values: TextSection["values"], indent: string): string[] =>
  [...values].map(([key, value]) => `${indent}${key} = ${writeValue(value)}`);

const writeSections = (sections: TextSection["sections"], indent: string): string[] =>
  [...sections].flatMap(([key, section]) => [
    `${indent}${key} {`,
    ...writeValues(section.values, `${indent}\t`),
    ...writeSections(section.sections, `${indent}\t`),
    `${indent}}`,
  ]);

function writeValue(value: TextValue): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return `"${value.replaceAll(/[\\"]/g, "\\$&")}"`;
  return `[${value.map(writeValue).join(", ")}]`;
}
