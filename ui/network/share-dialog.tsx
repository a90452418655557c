import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Place, PlaceRequest, PlaceState, PlaceTest } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Select } from "#ui/parts/select.tsx";
import { SignalField } from "#ui/parts/signal-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** A share of another computer: tried first, then kept and connected. */
export function ShareDialog(props: {
  readonly onClose: () => void;
  readonly onSet: (places: readonly PlaceState[]) => void;
}): JSX.Element {
  const { onClose, onSet } = props;
  const { api } = useShell();
  const kind = useSignal<"smb" | "nfs" | "sftp">("smb");
  const [name, server, share, path] = [useSignal(""), useSignal(""), useSignal(""), useSignal("")];
  const [user, password] = [useSignal(""), useSignal("")];
  const readOnly = useSignal(false);
  const tried = useSignal<Loaded<PlaceTest>>(NOTHING);
  const kept = useSignal<Loaded<readonly PlaceState[]>>(NOTHING);
  const field = useRef<HTMLInputElement>(null);
  const request = (): PlaceRequest => {
    const common = {
      name: name.value.trim() || server.value.trim(),
      readOnly: readOnly.value,
      server: server.value.trim(),
    };
    const who = user.value.trim();
    const place: Place =
      kind.value === "smb"
        ? {
            ...{ kind: "smb", ...common, share: share.value.trim(), folder: path.value.trim(), password: "ask" },
            ...(who !== "" && { user: who }),
          }
        : kind.value === "nfs"
          ? { kind: "nfs", ...common, path: path.value.trim(), version: "4" }
          : { kind: "sftp", ...common, port: 22, path: path.value.trim(), user: who, password: "ask" };
    return { place, ...(password.value !== "" && { password: password.value }) };
  };
  const test = () => load(tried, () => api.call("testPlace", { body: request() }));
  const keep = async () => {
    const list = await load(kept, () => api.call("setPlace", { body: request() }));
    if (list) onSet(list);
  };
  const busy = tried.value.busy || kept.value.busy;
  const problem = kept.value.problem ?? tried.value.problem;
  const room = tried.value.value;
  return (
    <Dialog
      title={t("shares.add")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("operation.cancel")}</Button>
          <Button blocked={busy} onPress={test}>
            {t(tried.value.busy ? "shares.testing" : "shares.test")}
          </Button>
          <Button kind="primary" blocked={busy} onPress={keep}>
            {t("shares.connect")}
          </Button>
        </>
      }
    >
      <Select
        label={t("shares.kind")}
        options={[
          { value: "smb", label: t("shares.smb") },
          { value: "nfs", label: "NFS" },
          { value: "sftp", label: "SFTP (SSH)" },
        ]}
        value={kind.value}
        onChoose={(value) => {
          kind.value = value;
        }}
      />
      <SignalField label={t("shares.server")} text={server} />
      {kind.value === "smb" && <SignalField label={t("shares.share")} text={share} />}
      <SignalField label={t(kind.value === "nfs" ? "shares.export" : "shares.folder")} text={path} />
      {kind.value !== "nfs" && (
        <>
          <SignalField
            label={t("shares.user")}
            text={user}
            {...(kind.value === "smb" && { hint: t("shares.guest") })}
          />
          <p class="field__hint" id="share-password-hint">
            {t("shares.password-hint")}
          </p>
          <PasswordField
            id="share-password"
            label={t("unlock.password")}
            value={password.value}
            onInput={(text) => {
              password.value = text;
            }}
            describedBy="share-password-hint"
            invalid={false}
            innerRef={field}
          />
        </>
      )}
      <SignalField label={t("shares.name")} text={name} />
      <Check
        id="share-read-only"
        label={t("shares.read-only")}
        checked={readOnly.value}
        onChange={(on) => {
          readOnly.value = on;
        }}
      />
      {problem && <ProblemAlert problem={problem} />}
      {room && (
        <Alert kind={room.readOnly || room.isLow ? "warning" : "success"} live>
          <p>
            {t(room.isLow ? "shares.low" : "shares.room", {
              free: format.bytes(room.room.free),
              size: format.bytes(room.room.size),
            })}
          </p>
          {room.readOnly && <p lang="en">{room.readOnly.text}</p>}
        </Alert>
      )}
    </Dialog>
  );
}
