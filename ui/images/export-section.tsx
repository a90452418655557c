import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { FoundImage, OperationRequest } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { PlaceSelect } from "#ui/images/place-select.tsx";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

type Export = Extract<OperationRequest, { kind: "export" }>;

/** As a file for virtual machines, or as an image that needs no repository. */
export function ExportSection({ image }: { image: FoundImage }): JSX.Element {
  const format = useSignal<Export["format"]>("qcow2");
  const place = useSignal("");
  const name = useSignal((image.manifest?.name || image.fileName).replaceAll(/[/\\:*?"<>|]/g, "-").slice(0, 80));
  const password = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const asked = useSignal<Export | undefined>(undefined);
  const isEncrypted = format.value === "lifeboat" && image.protection !== "none";
  const isMissing = place.value === "" || name.value.trim() === "" || (isEncrypted && password.value === "");
  const ask = () => {
    if (isMissing) return;
    asked.value = {
      ...{ kind: "export", imageId: image.id, format: format.value, destinationId: place.value },
      name: name.value.trim(),
      ...(isEncrypted && { password: password.value }),
    };
  };
  return (
    <Section title={t("images.export")}>
      <Select
        label={t("images.format")}
        value={format.value}
        options={[
          { value: "qcow2", label: "qcow2 (QEMU, Proxmox)" },
          { value: "vmdk", label: "vmdk (VMware, VirtualBox)" },
          { value: "vhdx", label: "vhdx (Hyper-V)" },
          { value: "raw", label: t("images.format-raw") },
          { value: "lifeboat", label: t("images.format-lifeboat") },
        ]}
        onChoose={(value) => {
          format.value = value;
        }}
      />
      <TextField
        id="export-name"
        label={t("disk.name")}
        value={name.value}
        onInput={(text) => {
          name.value = text;
        }}
      />
      <PlaceSelect
        value={place.value}
        onChoose={(id) => {
          place.value = id;
        }}
      />
      {isEncrypted && (
        <PasswordField
          id="export-password"
          label={t("images.export-password")}
          value={password.value}
          onInput={(text) => {
            password.value = text;
          }}
          describedBy="export-text"
          invalid={false}
          innerRef={field}
        />
      )}
      <p class="muted" id="export-text">
        {t(format.value === "lifeboat" ? "images.export-own" : "images.export-plain")}
      </p>
      <div class="actions">
        <Button blocked={isMissing} onPress={ask}>
          {t("images.export-button")}
        </Button>
      </div>
      {asked.value && (
        <OperationDialog
          request={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </Section>
  );
}
