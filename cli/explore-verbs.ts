import type { Command } from "commander";
import { addBrowseVerbs } from "#cli/browse-verbs.ts";
import { addCopyVerb } from "#cli/copy-verb.ts";
import { addExportVerb } from "#cli/export-verb.ts";
import { addFindVerb } from "#cli/find-verb.ts";
import { addMountVerbs } from "#cli/mount-verbs.ts";
import type { Environment } from "#cli/password-input.ts";

/** The verbs that look into images: `lifeboat image mount`, `ls`, `find`, `cp`, `export`. */
export function addExploreVerbs(image: Command, environment: Environment): void {
  addMountVerbs(image, environment);
  addBrowseVerbs(image, environment);
  addFindVerb(image, environment);
  addCopyVerb(image, environment);
  addExportVerb(image, environment);
}
