/** One thing that is done to the machine's network. Plain data: a plan can be shown, compared and kept. */
export type Step =
  | { readonly kind: "run"; readonly tool: string; readonly args: readonly string[]; readonly mayFail?: true }
  /** Readable by root alone: it may hold a password. `isKernel`: a file of /proc or /sys, which may not be there. */
  | { readonly kind: "write"; readonly path: string; readonly content: string; readonly isKernel?: true }
  | { readonly kind: "remove"; readonly path: string }
  /** Ends the process whose number the file holds, if there is one. */
  | { readonly kind: "end"; readonly pidFile: string };

export const run = (tool: string, ...args: readonly string[]): Step => ({ kind: "run", tool, args });
export const tryRun = (tool: string, ...args: readonly string[]): Step => ({ kind: "run", tool, args, mayFail: true });

/** One interface of the settings, and how it is set up and taken down again. */
export interface Unit {
  /** Of the entry in the settings. */
  readonly name: string;
  /** The kernel's name. */
  readonly device: string;
  /** Units that it stands on: when one of them is taken down, this one is too. */
  readonly on: readonly string[];
  readonly up: readonly Step[];
  readonly down: readonly Step[];
}

/** Where the network's files are. */
export interface NetworkPaths {
  /** In memory, for root alone. */
  readonly folder: string;
  /** Told by dhcpcd of every change: rescue/network/dhcp-script. */
  readonly dhcpScript: string;
  readonly resolvConf: string;
}

export const NETWORK_PATHS: NetworkPaths = {
  folder: "/run/lifeboat/network",
  dhcpScript: "/usr/lib/lifeboat/dhcp-script",
  resolvConf: "/etc/resolv.conf",
};
