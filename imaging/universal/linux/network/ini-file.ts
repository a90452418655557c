/** A line `key=value` of a file with [sections] (systemd.syntax(7), nm-settings-keyfile(5)). */
export interface IniLine {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

const SECTION = /^\s*\[(.+)\]\s*$/;
const ASSIGNMENT = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/;

export function iniLines(text: string): IniLine[] {
  const found: IniLine[] = [];
  editIni(text, (line) => {
    found.push(line);
    return undefined;
  });
  return found;
}

/** @param edit the line in place of this one, without its end; null for none; undefined to leave it as it is */
export function editIni(text: string, edit: (line: IniLine) => string | null | undefined): string {
  let section = "";
  return text
    .split("\n")
    .flatMap((line) => {
      section = SECTION.exec(line)?.[1] ?? section;
      const [, key, value] = ASSIGNMENT.exec(line) ?? [];
      if (key === undefined || value === undefined) return [line];
      const edited = edit({ section, key, value });
      return edited === undefined ? [line] : edited === null ? [] : [edited];
    })
    .join("\n");
}
