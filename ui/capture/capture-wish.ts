import { type Signal, signal } from "@preact/signals";
import type { Afterwards, CaptureWish, Destination, Disk, OperationRequest } from "#rescue/api/contract.ts";
import { bytesOf } from "#ui/parts/size.ts";

type CaptureRequest = Extract<OperationRequest, { kind: "capture" }>;

/** The smallest file of an image that is split, as the engine has it. Bytes. */
const LEAST_PART = 16 << 20;

/** All that can be wanted of a capture besides disk and place. Kept while the user goes to and fro. */
export class CaptureWishState {
  readonly name = signal("");
  readonly note = signal("");
  /** Numbers of partitions that are left out. */
  readonly leftOut: Signal<readonly number[]> = signal([]);
  readonly level: Signal<NonNullable<CaptureWish["level"]>> = signal("normal");
  readonly type: Signal<NonNullable<CaptureWish["type"]> | "usual"> = signal("usual");
  readonly isEncrypted = signal(false);
  /** Nothing else keeps them. */
  readonly password = signal("");
  readonly passwordAgain = signal("");
  /** GiB, as it was typed; empty: not split. */
  readonly part = signal("");
  readonly leaveOutPageFiles = signal(false);
  readonly raw = signal(false);
  readonly verify = signal(true);
  readonly afterwards: Signal<Afterwards> = signal("stay");
}

export type CaptureFault = "name" | "password" | "again" | "part";

/** As the server takes it: a name that is one on the file systems of Windows too. */
const isName = (name: string): boolean => /^[^/\\:*?"<>|\p{Cc}]{1,100}$/u.test(name) && !/^[. ]|[. ]$/.test(name);

/** What has to be mended before there can be a plan: the first of it. */
export function faultOf(wish: CaptureWishState, { repository }: Destination): CaptureFault | undefined {
  if (!isName(wish.name.value)) return "name";
  if (repository === "locked") return wish.password.value === "" ? "password" : undefined;
  if (repository === "open") return undefined;
  if (wish.isEncrypted.value && wish.password.value === "") return "password";
  if (wish.isEncrypted.value && wish.password.value !== wish.passwordAgain.value) return "again";
  return isPart(wish.part.value) ? undefined : "part";
}

function isPart(text: string): boolean {
  const bytes = bytesOf(text, "GiB");
  return text.trim() === "" || (bytes !== undefined && bytes >= LEAST_PART);
}

export function requestOf(wish: CaptureWishState, disk: Disk, place: Destination): CaptureRequest {
  const { note, leftOut, level, type, leaveOutPageFiles, raw, verify, isEncrypted, password, part } = wish;
  const isFile = place.repository === "none";
  const hasPassword = place.repository === "locked" || (isFile && isEncrypted.value);
  const volumeBytes = isFile ? bytesOf(part.value, "GiB") : undefined;
  const exclude = [...leftOut.value];
  return {
    ...{ kind: "capture", diskId: disk.id, destinationId: place.id, name: wish.name.value, verify: verify.value },
    level: level.value,
    ...(note.value.trim() !== "" && { note: note.value.trim() }),
    ...(exclude.length > 0 ? { exclude } : raw.value && { raw: true }),
    ...(leaveOutPageFiles.value && { leaveOutPageFiles: true }),
    ...(!isFile && type.value !== "usual" && { type: type.value }),
    ...(hasPassword && { password: password.value }),
    ...(volumeBytes !== undefined && { volumeBytes }),
  };
}

/** "Samsung SSD 970 2026-11-30": what it is of, and when. */
export function suggestedName({ model, path }: Disk, now: Date): string {
  const words = (model ?? path.split("/").at(-1) ?? "").replaceAll(/[^\p{L}\p{N} ._-]+/gu, "-");
  return `${words.replace(/^[. ]+/, "").slice(0, 80)} ${now.toISOString().slice(0, 10)}`.trim();
}
