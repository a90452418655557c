import type { Inf } from "#imaging/universal/windows/inf/parse-inf.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

/**
 * Where a package has a file ("INF SourceDisksFiles Section", "INF SourceDisksNames Section", Microsoft):
 * `[SourceDisksFiles] name = disk[,subfolder]` and `[SourceDisksNames] disk = description,tag,,folder`, each also with the
 * architecture behind its name, which goes before.
 * @returns path from the .inf's folder, with backslashes
 */
export function sourceOf(inf: Inf, name: string, { architecture }: Pick<TargetSystem, "architecture">): string {
  const both = (section: string) => [`${section}.${architecture}`, section];
  const line = (sections: readonly string[], key: string) =>
    sections.map((section) => inf.line(section, key)).find((found) => found !== undefined);
  const text = (value: string | undefined) => inf.text(value ?? "").trim();
  const file = line(both("SourceDisksFiles"), name);
  if (!file) return name;
  const disk = line(both("SourceDisksNames"), text(file.values[0]));
  const folders = [text(disk?.values[3]), text(file.values[1])];
  const path = folders.flatMap((folder) => folder.split(/[\\/]/)).filter((part) => part !== "" && part !== ".");
  return [...path, name].join("\\");
}
