import type { JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import type { ShareDraft } from "#ui/network/share-request.ts";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

export interface ShareFieldsProps {
  readonly draft: ShareDraft;
  readonly set: (change: Partial<ShareDraft>) => void;
}

type TextName = "server" | "share" | "path" | "region" | "user";

/** What is asked of each kind, in the order in which its administrator would tell it. */
export function ShareFields({ draft, set }: ShareFieldsProps): JSX.Element {
  const field = (name: TextName, label: string, hint?: string) => (
    <ShareField key={name} label={label} hint={hint} value={draft[name]} onInput={(text) => set({ [name]: text })} />
  );
  const password = <SharePassword label={t("unlock.password")} hint={t("shares.password-hint")} {...{ draft, set }} />;
  switch (draft.kind) {
    case "smb":
      return (
        <>
          {field("server", t("shares.server"))}
          {field("share", t("shares.share"))}
          {field("path", t("shares.folder"))}
          {field("user", t("shares.user"), t("shares.guest"))}
          {password}
        </>
      );
    case "nfs":
      return (
        <>
          {field("server", t("shares.server"))}
          {field("path", t("shares.export"))}
        </>
      );
    case "sftp":
      return (
        <>
          {field("server", t("shares.server"))}
          {field("path", t("shares.folder"))}
          {field("user", t("shares.user"))}
          {password}
        </>
      );
    case "s3":
      return (
        <>
          {field("server", t("shares.endpoint"), t("shares.endpoint-hint"))}
          {field("region", t("shares.region"), t("shares.region-hint"))}
          {field("share", t("shares.bucket"))}
          {field("path", t("shares.bucket-folder"))}
          {field("user", t("shares.access-key"))}
          <SharePassword label={t("shares.secret-key")} hint={t("shares.secret-hint")} {...{ draft, set }} />
        </>
      );
  }
}

function ShareField(props: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly value: string;
  readonly onInput: (text: string) => void;
}): JSX.Element {
  return <TextField id={`field${useId()}`} {...props} />;
}

function SharePassword({ draft, set, label, hint }: ShareFieldsProps & Readonly<Record<"label" | "hint", string>>) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <p class="field__hint" id="share-password-hint">
        {hint}
      </p>
      <PasswordField
        id="share-password"
        label={label}
        value={draft.password}
        onInput={(password) => set({ password })}
        describedBy="share-password-hint"
        invalid={false}
        innerRef={field}
      />
    </>
  );
}
