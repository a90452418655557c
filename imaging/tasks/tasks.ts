import type { Task } from "#imaging/tasks/task.ts";

/** Each is loaded by the process that runs it. */
export const TASKS = {
  "find-systems": async () => (await import("#imaging/tasks/find-systems-task.ts")).findSystemsTask,
  "adapt-linux": async () => (await import("#imaging/tasks/adapt-linux-task.ts")).adaptLinuxTask,
  "look-into": async () => (await import("#imaging/tasks/look-into-task.ts")).lookIntoTask,
  undo: async () => (await import("#imaging/tasks/undo-task.ts")).undoTask,
  mend: async () => (await import("#imaging/tasks/mend-task.ts")).mendTask,
} satisfies Record<string, () => Promise<Task<never, unknown>>>;

export type TaskName = keyof typeof TASKS;
type TaskOf<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;
export type TaskInput<N extends TaskName> = Parameters<TaskOf<N>>[1];
export type TaskResult<N extends TaskName> = Awaited<ReturnType<TaskOf<N>>>;
