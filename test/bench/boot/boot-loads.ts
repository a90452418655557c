/** What is measured: one way of loading, by so many computers at once, of ours and of a peer. */
export interface BootLoad {
  readonly name: string;
  readonly peer: "tftpd-hpa" | "dnsmasq" | "nginx";
  readonly clients: number;
  /** Of our speed in the peer's. */
  readonly goal: number;
  /** MiB that each computer loads. */
  readonly mib: number;
  readonly command: (address: string, file: string) => readonly string[];
}

/**
 * RFC 7440's windows are known to atftp alone; block sizes to all. An OACK that is repeated, because the machine was busy for a second, ends
 * atftp: so it asks for five.
 */
const atftp =
  (...options: readonly string[]) =>
  (address: string, file: string): string[] => [
    ...["atftp", ...["timeout 5", ...options].flatMap((option) => ["--option", option])],
    ...["--get", "--remote-file", file, "--local-file", "/dev/null", address, "69"],
  ];
const curl = (address: string, file: string): string[] => [
  ...["curl", "--silent", "--show-error", "--fail", "--output", "/dev/null", `http://${address}/${file}`],
];
/** Parts of 8 MiB one after the other, over one connection, as a RAM disk over HTTP or a restore that goes on asks for them. */
const curlParts =
  (mib: number) =>
  (address: string, file: string): string[] => {
    const parts = Array.from({ length: mib / PART }, (_, i) => [
      ...["--range", `${(i * PART) << 20}-${(((i + 1) * PART) << 20) - 1}`],
      ...["--silent", "--show-error", "--fail", "--output", "/dev/null", `http://${address}/${file}`],
    ]);
    return ["curl", ...parts.flatMap((part, i) => (i === 0 ? part : ["--next", ...part]))];
  };
const PART = 8;

const BLOCKS = "blksize 1408";

export function bootLoads(most: number): readonly BootLoad[] {
  const both = (load: Omit<BootLoad, "clients" | "mib">, alone: number, each: number): BootLoad[] => [
    { ...load, clients: 1, mib: alone },
    { ...load, clients: most, mib: each },
  ];
  const windows = atftp(BLOCKS, "windowsize 16");
  const parts = (mib: number) =>
    ({ name: "HTTP, parts of 8 MiB", peer: "nginx", goal: 0.9, command: curlParts(mib) }) as const;
  return [
    ...both({ name: "TFTP, blksize 1408, windowsize 16", peer: "tftpd-hpa", goal: 0.9, command: windows }, 64, 4),
    ...both({ name: "TFTP, blksize 1408", peer: "dnsmasq", goal: 1, command: atftp(BLOCKS) }, 32, 2),
    ...both({ name: "TFTP, blksize 1408", peer: "tftpd-hpa", goal: 0.9, command: atftp(BLOCKS) }, 32, 2),
    ...both({ name: "TFTP, blocks of 512 bytes", peer: "dnsmasq", goal: 1, command: atftp() }, 8, 1),
    ...both({ name: "HTTP, whole file", peer: "nginx", goal: 0.9, command: curl }, 1024, 64),
    { ...parts(1024), clients: 1, mib: 1024 },
    { ...parts(64), clients: most, mib: 64 },
  ];
}
