import type { Command } from "commander";
import type { Environment } from "#cli/password-input.ts";

interface VerbGroup {
  readonly verbs: readonly string[];
  add(program: Command, environment: Environment): Promise<void>;
}

/** In the order of the help. Each is read when it is asked for: all of them take most of a command's first second. */
const GROUPS: readonly VerbGroup[] = [
  { verbs: ["disk"], add: async (program) => (await import("#cli/disk-verbs.ts")).addDiskVerbs(program) },
  { verbs: ["capture"], add: async (...to) => (await import("#cli/capture-verb.ts")).addCaptureVerb(...to) },
  { verbs: ["image"], add: async (...to) => (await import("#cli/image-verbs.ts")).addImageVerbs(...to) },
  { verbs: ["restore", "run"], add: async (...to) => (await import("#cli/restore-verbs.ts")).addRestoreVerbs(...to) },
  {
    verbs: ["preflight"],
    add: async (...to) => (await import("#cli/preflight-verb.ts")).addPreflightVerb(...to),
  },
  { verbs: ["clone"], add: async (...to) => (await import("#cli/clone-verbs.ts")).addCloneVerbs(...to) },
  {
    verbs: ["partition"],
    add: async (program) => (await import("#cli/partition-verbs.ts")).addPartitionVerbs(program),
  },
  {
    verbs: ["universal"],
    add: async (program) => void (await import("#cli/universal-verb.ts")).addUniversalVerb(program),
  },
  { verbs: ["boot"], add: async (...to) => (await import("#cli/boot-verbs.ts")).addBootVerbs(...to) },
  { verbs: ["repo"], add: async (...to) => (await import("#cli/repo-verbs.ts")).addRepoVerbs(...to) },
  { verbs: ["undo"], add: async (...to) => (await import("#cli/undo-verb.ts")).addUndoVerb(...to) },
  { verbs: ["resume"], add: async (...to) => (await import("#cli/resume-verb.ts")).addResumeVerb(...to) },
  { verbs: ["hook"], add: async (program) => (await import("#cli/hooks.ts")).addHookVerb(program) },
  { verbs: ["network"], add: async (program) => (await import("#cli/network-verbs.ts")).addNetworkVerbs(program) },
  { verbs: ["share"], add: async (program) => (await import("#cli/share-verbs.ts")).addShareVerbs(program) },
  { verbs: ["clock"], add: async (program) => (await import("#cli/machine-verbs.ts")).addClockVerbs(program) },
  { verbs: ["settings"], add: async (program) => (await import("#cli/machine-verbs.ts")).addSettingsVerbs(program) },
  { verbs: ["remote"], add: async (program) => (await import("#cli/machine-verbs.ts")).addRemoteVerbs(program) },
  {
    verbs: ["support-bundle"],
    add: async (program) => void (await import("#cli/support-verb.ts")).addSupportVerb(program),
  },
  { verbs: ["pxe"], add: async (...to) => (await import("#cli/pxe-verbs.ts")).addPxeVerbs(...to) },
  { verbs: ["serve"], add: async (...to) => (await import("#cli/serve-verb.ts")).addServeVerbs(...to) },
  { verbs: ["media"], add: async (...to) => (await import("#cli/media-verbs.ts")).addMediaVerbs(...to) },
];

/** Adds the verbs that a command line may mean: those of its first word, or all of them. */
export async function addVerbs(program: Command, environment: Environment, words: readonly string[]): Promise<void> {
  const verb = words.find((word) => !word.startsWith("-"));
  const meant = GROUPS.filter(({ verbs }) => verb !== undefined && verbs.includes(verb));
  for (const group of meant.length > 0 ? meant : GROUPS) await group.add(program, environment);
}
