import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { PlaceState, PlaceTest } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { describeReason, format, t } from "#ui/i18n/index.ts";
import { ShareFields } from "#ui/network/share-fields.tsx";
import { EMPTY_SHARE, requestOf, type ShareDraft } from "#ui/network/share-request.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Dialog, titleOf } from "#ui/parts/dialog.tsx";
import { InView } from "#ui/parts/in-view.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** A share of another computer, or a bucket: tried first, then kept and connected. */
export function ShareDialog(props: {
  readonly onClose: () => void;
  readonly onSet: (places: readonly PlaceState[]) => void;
}): JSX.Element {
  const { onClose, onSet } = props;
  const { api } = useShell();
  const draft = useSignal(EMPTY_SHARE);
  const tried = useSignal<Loaded<PlaceTest>>(NOTHING);
  const kept = useSignal<Loaded<readonly PlaceState[]>>(NOTHING);
  const set = (change: Partial<ShareDraft>) => {
    draft.value = { ...draft.value, ...change };
  };
  const test = () => load(tried, () => api.call("testPlace", { body: requestOf(draft.value) }));
  const keep = async () => {
    const list = await load(kept, () => api.call("setPlace", { body: requestOf(draft.value) }));
    if (list) onSet(list);
  };
  const busy = tried.value.busy || kept.value.busy;
  const problem = kept.value.problem ?? tried.value.problem;
  const found = tried.value.value;
  return (
    <Dialog
      title={titleOf(t("shares.add"))}
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
          { value: "s3", label: t("shares.s3") },
        ]}
        value={draft.value.kind}
        onChoose={(kind) => set({ kind })}
      />
      <ShareFields draft={draft.value} set={set} />
      <TextField id="share-name" label={t("shares.name")} value={draft.value.name} onInput={(name) => set({ name })} />
      <Check
        id="share-read-only"
        label={t("shares.read-only")}
        checked={draft.value.readOnly}
        onChange={(readOnly) => set({ readOnly })}
      />
      {problem && (
        <InView>
          <ProblemAlert problem={problem} />
        </InView>
      )}
      {found && (
        <InView>
          <Tried found={found} />
        </InView>
      )}
    </Dialog>
  );
}

function Tried({ found: { room, isLow, readOnly } }: { readonly found: PlaceTest }): JSX.Element {
  return (
    <Alert kind={readOnly || isLow ? "warning" : "success"} live>
      <p>
        {room
          ? t(isLow ? "shares.low" : "shares.room", { free: format.bytes(room.free), size: format.bytes(room.size) })
          : t("shares.no-room")}
      </p>
      {readOnly && <p>{describeReason(readOnly)}</p>}
    </Alert>
  );
}
