import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { FoundImage, ImageKey } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useShell } from "#ui/shell/context.ts";

function RemoveDialog({ onClose, onRemove }: { onClose: () => void; onRemove: () => unknown }): JSX.Element {
  return (
    <Dialog
      title={t("images.key-remove-title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("operation.cancel")}</Button>
          <Button kind="danger" onPress={onRemove}>
            {t("images.key-remove")}
          </Button>
        </>
      }
    >
      <p>{t("images.key-remove-text")}</p>
    </Dialog>
  );
}

/** Who can open the image. Each change needs a password that opens it now; of a repository they are of all its points. */
export function KeysSection({ image }: { image: FoundImage }): JSX.Element {
  const { api } = useShell();
  const params = { imageId: image.id };
  const keys = useSignal<Loaded<readonly ImageKey[]>>(NOTHING);
  const [existing, added] = [useSignal(""), useSignal("")];
  const [first, second] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const removing = useSignal<number | undefined>(undefined);
  const recovery = useSignal<Loaded<{ recoveryKey: string }>>(NOTHING);
  const look = () => load(keys, () => api.call("imageKeys", { params }));
  useEffect(() => void look(), []);
  const { value, busy } = keys.value;
  const problem = keys.value.problem ?? recovery.value.problem;
  const isOpen = existing.value !== "" && !busy;
  const change = async (ask: () => Promise<readonly ImageKey[]>) => {
    const known = keys.value.value;
    const found = await load(keys, ask);
    // A refusal does not take the list away.
    if (!found) keys.value = { ...keys.value, value: known };
    else announce(t("images.keys-changed"));
    if (found) added.value = "";
  };
  const add = () =>
    change(() => api.call("addImageKey", { params, body: { existing: existing.value, added: added.value } }));
  const remove = (slotId: number) => {
    removing.value = undefined;
    return change(() => api.call("removeImageKey", { params, body: { existing: existing.value, slotId } }));
  };
  const makeRecovery = async () => {
    const made = await load(recovery, () => api.call("addRecoveryKey", { params, body: { existing: existing.value } }));
    if (made) await look();
  };
  return (
    <Section title={t("images.keys")}>
      {problem && <ProblemAlert problem={problem} />}
      <ul class="rows">
        {value?.map((key) => (
          <li key={key.slotId} class="row">
            <div class="row__text">
              <p class="row__title">{t(`images.key-${key.kind}`)}</p>
              {key.created && <p class="muted">{format.dateTime(key.created)}</p>}
            </div>
            <Button
              blocked={!isOpen}
              label={t("images.key-remove-this", { number: key.slotId })}
              onPress={() => {
                if (isOpen) removing.value = key.slotId;
              }}
            >
              {t("images.key-remove")}
            </Button>
          </li>
        ))}
      </ul>
      <PasswordField
        id="key-existing"
        label={t("images.key-existing")}
        value={existing.value}
        onInput={(text) => {
          existing.value = text;
        }}
        describedBy="key-help"
        invalid={keys.value.problem?.code === "IMAGE_UNLOCK_FAILED"}
        innerRef={first}
      />
      <PasswordField
        id="key-added"
        label={t("images.key-new")}
        value={added.value}
        onInput={(text) => {
          added.value = text;
        }}
        describedBy="key-help"
        invalid={false}
        innerRef={second}
      />
      <p class="muted" id="key-help">
        {t("images.keys-help")}
      </p>
      <div class="actions">
        <Button blocked={!isOpen || added.value === ""} onPress={() => isOpen && added.value !== "" && add()}>
          {t("images.key-add")}
        </Button>
        <Button blocked={!isOpen} onPress={() => isOpen && makeRecovery()}>
          {t("images.key-recovery-make")}
        </Button>
      </div>
      {removing.value !== undefined && (
        <RemoveDialog
          onClose={() => {
            removing.value = undefined;
          }}
          onRemove={() => removing.value !== undefined && remove(removing.value)}
        />
      )}
      {recovery.value.value && (
        <Alert kind="warning" title={t("images.recovery-title")} live>
          <p class="code" translate={false}>
            {recovery.value.value.recoveryKey}
          </p>
          <p>{t("images.recovery-text")}</p>
        </Alert>
      )}
    </Section>
  );
}
