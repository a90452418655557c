const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  "'": 39,
  '"': 34,
  "\\": 92,
};

/**
 * The name that GNU tools mean by their quoting of it (coreutils, "shell-escape-always"): pieces in '...', in "..." for
 * a name with an apostrophe and nothing else of note, single characters behind a backslash, and $'...' with octal
 * numbers for bytes that are not printed as they are.
 */
export function shellUnquote(quoted: string): string {
  const bytes: Buffer[] = [];
  const pieces = quoted.matchAll(/\$'((?:[^'\\]|\\.)*)'|'([^']*)'|"([^"]*)"|\\(.)/gsu);
  for (const [, octal = "", single, double, escaped] of pieces) {
    const plain = single ?? double;
    if (plain !== undefined) bytes.push(Buffer.from(plain));
    else if (escaped !== undefined) bytes.push(Buffer.from(escaped));
    else bytes.push(unescaped(octal));
  }
  return Buffer.concat(bytes).toString();
}

function unescaped(text: string): Buffer {
  const parts = text.matchAll(/\\([0-7]{1,3})|\\(.)|([^\\]+)/gsu);
  return Buffer.concat(
    [...parts].map(([, octal, letter, plain = ""]) => {
      if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8) & 0xff]);
      return letter === undefined ? Buffer.from(plain) : Buffer.from([SIMPLE[letter] ?? letter.charCodeAt(0)]);
    }),
  );
}

/** A quoted name in a line of a GNU tool, with what stands around it; undefined where there is none. */
export function quotedName(line: string): { before: string; name: string; after: string } | undefined {
  const found = /^(.*?)((?:\$'(?:[^'\\]|\\.)*'|'[^']*'|"[^"]*"|\\')+)(?=[: ]|$)(.*)$/su.exec(line);
  if (!found) return undefined;
  const [, before = "", quoted = "", after = ""] = found;
  return { before, name: shellUnquote(quoted), after };
}
