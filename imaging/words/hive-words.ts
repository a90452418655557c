/** What lies in cells of a registry hive. */
export const cellWords = {
  "cell.key": "a key",
  "cell.key-name": "a key with its name",
  "cell.class-name": "a class name",
  "cell.security": "a security descriptor",
  "cell.subkeys": "a list of subkeys",
  "cell.subkey-lists": "a list of lists of subkeys",
  "cell.values": "a list of values",
  "cell.value": "a value",
  "cell.value-name": "a value with its name",
  "cell.value-data": "a value's data",
  "cell.data": "data",
  "cell.large-value": "a large value",
  "cell.segments": "a list of segments",
  "cell.segment": "a segment",
};

/** Why a registry hive cannot be read: details of errors. what: one of the above; count, others: bytes, or how many there are. */
export const hiveWords = {
  "hive.short": (p: { count: number }) => `it has ${p.count} bytes`,
  "hive.no-regf": 'it does not begin with "regf"',
  "hive.no-objects": "it has no Objects",
  "hive.version": (p: { version: string }) => `version ${p.version}`,
  "hive.log": (p: { number: number }) => `the file is a log, of type ${p.number}`,
  "hive.format": (p: { number: number }) => `format ${p.number}`,
  "hive.size": (p: { count: number }) => `${p.count} bytes`,
  "hive.sequence": (p: { number: number; others: number }) => `its sequence numbers are ${p.number} and ${p.others}`,
  "hive.checksum": "the checksum of its first sector is wrong",
  "hive.bins-size": (p: { count: number }) => `hive bins of ${p.count} bytes`,
  "hive.ends": (p: { count: number }) => `the file ends there, and its hive bins have ${p.count} bytes`,
  "hive.no-bin": "no hive bin begins here",
  "hive.bin-offset": "a hive bin has another's offset",
  "hive.bin-size": (p: { count: number }) => `a hive bin of ${p.count} bytes`,
  "hive.cell-size": (p: { count: number }) => `a cell of ${p.count} bytes`,
  "hive.cell-twice": "a cell is used for two things",
  "hive.no-cell": (p: { what: string }) => `${p.what} points to no cell`,
  "hive.small": (p: { what: string; count: number; others: number }) =>
    `${p.what} needs ${p.count} bytes, and its cell has ${p.others}`,
  "hive.no-record": (p: { what: string; signature: string }) => `${p.what} is no "${p.signature}" cell`,
  "hive.too-deep": "keys lie too deep",
  "hive.other-parent": "a key stands below one that is not its parent",
  "hive.subkey-count": (p: { count: number; others: number }) =>
    `a key has ${p.count} subkeys, and its list ${p.others}`,
  "hive.subkey-twice": "a list of subkeys names one twice",
  "hive.list-twice": "a list of lists of subkeys names one twice",
  "hive.list-kind": "a list of subkeys of no known kind",
  "hive.value-twice": "a list of values names one twice",
  "hive.value-inline": (p: { count: number }) => `a value with ${p.count} bytes in its own cell`,
  "hive.value-small": (p: { count: number }) => `${p.count} bytes of a value in a cell that is too small`,
  "hive.segment-count": (p: { count: number; others: number }) => `${p.count} bytes in ${p.others} segments`,
  "hive.segment-twice": "a list of segments names one twice",
};

/** Why a driver's .inf cannot be read. */
export const infWords = {
  "inf.size": (p: { count: number }) => `it has ${p.count} bytes`,
  "inf.lines": (p: { count: number }) => `it has more than ${p.count} lines`,
  "inf.line": "the line is too long",
  "inf.text": "a text with its tokens is too long",
  "inf.tokens": "its tokens become too much text",
};
