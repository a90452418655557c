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

/** The store of the pages that are shown: of a restore, or of a clone. */
export function useRestore(): Restore {
  const { section, clone, restore } = useShell();
  return section.value === "clone" ? clone : restore;
}
