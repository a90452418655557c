import type { JSX } from "preact";
import type { Problem } from "#pxe/console/contract.ts";
import { problemWords } from "#ui/console/i18n/index.ts";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";

/** A failure, in the console's words; nothing where nothing failed. */
export const Trouble = ({ problem, live }: { problem: Problem | undefined; live?: boolean }): JSX.Element | null =>
  problem ? <ProblemAlert problem={problem} said={problemWords(problem)} live={live ?? true} /> : null;
