import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Console } from "#ui/console/console.ts";

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const store = useContext(ConsoleContext);
  if (!store) throw new Error("this part stands outside of the console");
  return store;
}
