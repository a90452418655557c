import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Restore } from "#ui/restore/restore.ts";
import type { Shell } from "#ui/shell/shell.ts";

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("this part stands outside of the shell");
  return shell;
}

export const useRestore = (): Restore => useShell().restore;
