/** A kernel takes a command line of 4096. Names that go on with themselves must not grow without end. */
const MOST_LETTERS = 1 << 16;

/**
 * Settings of a file that a shell reads, such as /etc/default/grub: NAME=value, quoted or not, with $NAME and ${NAME}
 * of settings before. What a shell would have to run for its value ($(...), `...`) has none here.
 * @param before settings that this file goes on with
 */
export function shellSettings(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const settings: Record<string, string> = { ...before };
  for (const line of text.split("\n")) {
    const found = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line);
    const [, name, raw] = found ?? [];
    if (name === undefined || raw === undefined) continue;
    const value = shellValue(raw, settings);
    if (value !== undefined && value.length <= MOST_LETTERS) settings[name] = value;
  }
  return settings;
}

function shellValue(raw: string, settings: Readonly<Record<string, string>>): string | undefined {
  let value = "";
  let rest = raw;
  while (rest !== "" && !/^[\s;#]/.test(rest)) {
    const quoted = /^'([^']*)'/.exec(rest) ?? /^"((?:[^"\\]|\\.)*)"/.exec(rest) ?? /^((?:[^\s;#'"\\]|\\.)+)/.exec(rest);
    if (!quoted) return undefined;
    const [all, text = ""] = quoted;
    if (all.startsWith("'")) value += text;
    else if (/\$\(|`/.test(text)) return undefined;
    else value += unescaped(text, settings);
    rest = rest.slice(all.length);
  }
  return value;
}

const unescaped = (text: string, settings: Readonly<Record<string, string>>): string =>
  text.replace(/\\(.)|\$\{(\w+)\}|\$(\w+)/g, (_all, letter?: string, braced?: string, plain?: string) =>
    letter !== undefined ? letter : (settings[braced ?? plain ?? ""] ?? ""),
  );
