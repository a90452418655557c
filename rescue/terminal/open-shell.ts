import { existsSync } from "node:fs";
import { createRequire } from "node:module";

/** A shell behind a pseudo-terminal. */
export interface Shell {
  onData(listener: (data: Buffer) => void): unknown;
  onExit(listener: (end: { readonly exitCode: number }) => void): unknown;
  write(data: string): void;
  resize(columns: number, rows: number): void;
  pause(): void;
  resume(): void;
  kill(signal?: string): void;
}

export type OpenShell = (size: { readonly columns: number; readonly rows: number }) => Shell;

interface PtyModule {
  spawn(
    file: string,
    args: readonly string[],
    options: {
      readonly name: string;
      readonly cols: number;
      readonly rows: number;
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      /** null: output comes as bytes. */
      readonly encoding: null;
    },
  ): Shell;
}

const SHELLS = ["/bin/bash", "/bin/sh"];

/** As who the server runs, with an environment of its own: what the server was given is not for the shell. Throws where node-pty's native part is not built. */
export const openShell: OpenShell = ({ columns, rows }) => {
  const pty = createRequire(import.meta.url)("node-pty") as PtyModule;
  const shell = SHELLS.find((one) => existsSync(one)) ?? "sh";
  const home = existsSync("/root") ? "/root" : "/";
  return pty.spawn(shell, ["-l"], {
    ...{ name: "xterm-256color", cols: columns, rows, cwd: home, encoding: null },
    env: {
      ...{ HOME: home, SHELL: shell, TERM: "xterm-256color", LANG: "C.UTF-8" },
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    },
  });
};
