import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { runSurely, runToEnd, type ToolResult } from "#imaging/resize/run-to-end.ts";

export interface RunInSystemOptions {
  readonly signal: AbortSignal;
  /** What it is for, in plain words. */
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where systems have their programs. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const args = (
  tree: SystemTree,
  command: readonly [string, ...string[]],
  environment: RunInSystemOptions["environment"],
) => [
  "--ignore-environment",
  `PATH=${PATH}`,
  "LC_ALL=C",
  "HOME=/root",
  "TERM=dumb",
  "DEBIAN_FRONTEND=noninteractive",
  ...Object.entries(environment ?? {}).map(([name, value]) => `${name}=${value}`),
  "chroot",
  tree.root,
  ...command,
];

/**
 * Runs a program of an installed system with that system as its root. Its processes end with the process that mounted the
 * system (system-process.ts), and see no device of this machine but those that take and give nothing.
 * @throws TOOL_FAILED with what it said
 */
export const runInSystem = (
  tree: SystemTree,
  command: readonly [string, ...string[]],
  { signal, text, environment }: RunInSystemOptions,
): Promise<string> => runSurely("env", args(tree, command, environment), { purpose: text, signal });

/** As runInSystem(), for a program whose status is its finding. */
export const askInSystem = (
  tree: SystemTree,
  command: readonly [string, ...string[]],
  { signal, text, environment }: RunInSystemOptions,
): Promise<ToolResult> => runToEnd("env", args(tree, command, environment), { purpose: text, signal });
