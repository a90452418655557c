import { deploymentsApi } from "./contract/deployments.ts";
import { machinesApi } from "./contract/machines.ts";
import { peopleApi } from "./contract/people.ts";
import { retentionApi } from "./contract/retention.ts";
import { serverApi } from "./contract/server.ts";

export { Problem, Reason } from "#base/http/contract.ts";
export type { Said, Sentence } from "#base/sentence.ts";
export { DIAGNOSES, type Diagnosis } from "../doctor/diagnosis.ts";
export type {
  DeploymentDetails,
  DeploymentView,
  IdentityPreview,
  MemberView,
  NewDeployment,
} from "../fleet/contract.ts";
export type { Entry } from "../machines/entry.ts";
export type { Machine, MachineMarks } from "../machines/machine.ts";
export {
  type DoctorWords,
  type IdentityWords,
  type OrderWords,
  type StaysWords,
  type StepWords,
  serverWords,
  type TimelineWords,
  type UnsentWords,
} from "../words/words.ts";
export { ConsoleEvent, eventsPath } from "./contract/events.ts";
export { AuditEntry, isName, LEAST_PASSWORD, Session, Token, User } from "./contract/people.ts";
export { CleanedUp, KeptRules, RetentionRow, RetentionRules, RetentionWork } from "./contract/retention.ts";
export { isEnough, type Needs, ROLES, type Role } from "./contract/role.ts";
export { MediaFile, mediaFilesPath, RepositoryView, ServerView, SettingsView } from "./contract/server.ts";

/**
 * The HTTP API of `lifeboat serve`. Imported by pxe/ (server) and ui/ (the console's pages); no node: import may appear here. Requests and replies are
 * JSON. A failure is a `Problem` with the status of its code (docs/errors.md). A POST may carry an `Idempotency-Key` header; the same key gets
 * the same reply again. Who asks is told by the cookie of `logIn`, or by a token. Times are milliseconds since 1970.
 */
export const api = {
  ...peopleApi,
  ...machinesApi,
  ...serverApi,
  ...retentionApi,
  ...deploymentsApi,
} as const;
