/** What is wrong with a list of names, as far as it can be told line by line. */
export const identityWords = {
  "list.columns": (p: { columns: readonly string[] }) =>
    `its first line names the columns, which are ${p.columns.join(", ")}`,
  "list.quote-open": "a quote is opened, and never closed",
  "list.quote-closed": "something follows a closing quote",
  "list.machine": "machine: no machine is named, or in more than 200 letters",
  "list.hostname": (p: { name: string }) =>
    `hostname: is not a name for a computer, which has up to 63 letters, digits and hyphens: ${p.name}`,
  "list.universal": (p: { text: string }) => `universal: yes or no, and not ${p.text}`,
  "list.unknown": (p: { machine: string }) => `there is no machine ${p.machine}`,
  "list.ambiguous": (p: { machine: string; found: readonly string[] }) =>
    `${p.machine} means several machines: ${p.found.join(", ")}`,
  "list.twice": (p: { machine: string }) => `machine ${p.machine} has two identities`,
  "list.not-chosen": (p: { machine: string }) =>
    `machine ${p.machine} has an identity, and is none of the machines that were chosen`,
  "list.same-name": (p: { name: string }) => `two machines would be called ${p.name}`,
  "list.too-long": (p: { most: string }) => `more than ${p.most} machines`,
};
