import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Wizard } from "#ui/wizard/wizard.ts";

export const WizardContext = createContext<Wizard | undefined>(undefined);

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error("this part stands outside of the wizard");
  return wizard;
}
