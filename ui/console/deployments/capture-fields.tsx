import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { DAYS, type Draft } from "#ui/console/deployments/draft.ts";
import type { DraftProps } from "#ui/console/deployments/draft-props.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const PLACES: readonly Draft["place"][] = ["smb", "nfs", "sftp", "s3"];
const NAMES = { smb: "SMB (Windows)", nfs: "NFS", sftp: "SFTP" } as const;
const nameOf = (place: Draft["place"]): string => (place === "s3" ? c("capture.s3") : NAMES[place]);
const DISKS: readonly Draft["disk"][] = ["only", "largest", "smallest"];

/** Which disk, into which share, and on which days. */
export function CaptureFields({ draft, set }: DraftProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Section title={c("capture.title")}>
      <Select
        label={c("capture.disk")}
        value={draft.disk}
        options={DISKS.map((value) => ({ value, label: c(`disk.${value}`) }))}
        onChoose={(disk) => set({ disk })}
      />
      <Select
        label={c("capture.place")}
        value={draft.place}
        options={PLACES.map((value) => ({ value, label: nameOf(value) }))}
        onChoose={(place) => set({ place })}
      />
      {draft.place === "s3" ? <BucketFields {...{ draft, set }} /> : <ShareFields {...{ draft, set }} />}
      <p class="field__hint" id="capture-rights">
        {c("capture.rights")}
      </p>
      <TextField
        id="capture-repository"
        label={c("capture.repository")}
        hint={c("capture.repository-help")}
        value={draft.repository}
        onInput={(repository) => set({ repository })}
      />
      <PasswordField
        id="capture-password"
        label={c("capture.password")}
        value={draft.password}
        onInput={(password) => set({ password })}
        describedBy="capture-rights"
        invalid={false}
        innerRef={field}
      />
      <Check
        id="capture-leave-out"
        label={c("capture.leave-out")}
        checked={draft.leaveOut}
        onChange={(leaveOut) => set({ leaveOut })}
      />
      <Days draft={draft} set={set} />
    </Section>
  );
}

function ShareFields({ draft, set }: DraftProps): JSX.Element {
  return (
    <>
      <TextField
        id="capture-server"
        label={c("capture.server")}
        value={draft.server}
        onInput={(server) => set({ server })}
      />
      <TextField
        id="capture-share"
        label={c(draft.place === "smb" ? "capture.share" : "capture.path")}
        value={draft.share}
        onInput={(share) => set({ share })}
      />
      {draft.place === "smb" && <FolderField label={c("capture.folder")} {...{ draft, set }} />}
      {draft.place !== "nfs" && (
        <UserFields user={c("capture.user")} password={c("capture.place-password")} {...{ draft, set }} />
      )}
    </>
  );
}

function BucketFields({ draft, set }: DraftProps): JSX.Element {
  return (
    <>
      <TextField
        id="capture-server"
        label={c("capture.endpoint")}
        hint={c("capture.endpoint-help")}
        value={draft.server}
        onInput={(server) => set({ server })}
      />
      <TextField
        id="capture-region"
        label={c("capture.region")}
        hint={c("capture.region-help")}
        value={draft.region}
        onInput={(region) => set({ region })}
      />
      <TextField
        id="capture-share"
        label={c("capture.bucket")}
        value={draft.share}
        onInput={(share) => set({ share })}
      />
      <FolderField label={c("capture.bucket-folder")} {...{ draft, set }} />
      <UserFields user={c("capture.access-key")} password={c("capture.secret-key")} {...{ draft, set }} />
    </>
  );
}

function FolderField({ draft, set, label }: DraftProps & { readonly label: string }): JSX.Element {
  return <TextField id="capture-folder" label={label} value={draft.folder} onInput={(folder) => set({ folder })} />;
}

function UserFields({ draft, set, ...labels }: DraftProps & Readonly<Record<"user" | "password", string>>) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <TextField id="capture-user" label={labels.user} value={draft.user} onInput={(user) => set({ user })} />
      <PasswordField
        id="capture-place-password"
        label={labels.password}
        value={draft.placePassword}
        onInput={(placePassword) => set({ placePassword })}
        describedBy="capture-rights"
        invalid={false}
        innerRef={field}
      />
    </>
  );
}

function Days({ draft, set }: DraftProps): JSX.Element {
  return (
    <fieldset class="radios">
      <legend class="radios__legend">{c("capture.days")}</legend>
      <p class="muted radios__detail">{c("capture.days-help")}</p>
      <div class="days">
        {DAYS.map((day) => (
          <Check
            key={day}
            id={`day-${day}`}
            label={c(`day.${day}`)}
            checked={draft.days.has(day)}
            onChange={(isOn) => {
              const days = new Set(draft.days);
              if (isOn) days.add(day);
              else days.delete(day);
              set({ days });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
