import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { Task } from "#imaging/tasks/task.ts";

export interface FoundSystems {
  /** Folders are those of a process that has ended. */
  readonly systems: readonly InstalledSystem[];
  readonly closed: readonly string[];
}

export const findSystemsTask: Task<Record<string, never>, FoundSystems> = async ({ systems, closed }) => ({
  systems,
  closed,
});
