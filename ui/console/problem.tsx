import type { JSX } from "preact";
import type { Problem, Reason } from "#pxe/console/contract.ts";
import { problemWords, reasonWords } from "#ui/console/i18n/index.ts";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";

/** A failure, in the console's words; nothing where nothing failed. */
export const Trouble = ({ problem, live }: { problem: Problem | undefined; live?: boolean }): JSX.Element | null =>
  problem ? <ProblemAlert problem={problem} said={problemWords(problem)} live={live ?? true} /> : null;

/** Why something failed that nobody was there for; as the server has it, and marked as that, where the console has no words. */
export function Why({ of }: { of: Reason }): JSX.Element {
  const own = reasonWords(of);
  return <span lang={own === undefined ? "en" : undefined}>{own ?? of.text}</span>;
}
