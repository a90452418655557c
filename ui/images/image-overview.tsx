import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { FoundImage, OperationRequest } from "#rescue/api/contract.ts";
import { format, t } from "#ui/i18n/index.ts";
import { ExportSection } from "#ui/images/export-section.tsx";
import { KeysSection } from "#ui/images/keys-section.tsx";
import { PointSection } from "#ui/images/point-section.tsx";
import { formatImagesRoute } from "#ui/images/route.ts";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ImageDetails } from "#ui/restore/image-details.tsx";
import { formatRoute } from "#ui/restore/route.ts";
import { isLocked, Unlock } from "#ui/restore/unlock.tsx";
import { useShell } from "#ui/shell/context.ts";

/** One image: what it holds, and all that can be done with it. */
export function ImageOverview({ image }: { image: FoundImage }): JSX.Element {
  const shell = useShell();
  const field = useRef<HTMLInputElement>(null);
  const { manifest, protection } = image;
  return (
    <Page
      title={manifest?.name || image.fileName}
      lead={manifest && format.dateTime(manifest.createdAt)}
      footer={<Button onPress={() => shell.go("images")}>{t("nav.back")}</Button>}
    >
      {isLocked(image) && (
        <Section title={t("image.details")}>
          <Unlock image={image} field={field} />
        </Section>
      )}
      {manifest && (
        <>
          <Actions image={image} />
          <div class="columns columns--even">
            <Section title={t("image.details")}>
              <ImageDetails image={image} manifest={manifest} />
            </Section>
            <div class="stack">
              <ExportSection image={image} />
              {manifest.point && <PointSection image={image} />}
              {protection !== "none" && <KeysSection image={image} />}
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

function Actions({ image }: { image: FoundImage }): JSX.Element {
  const asked = useSignal<OperationRequest | undefined>(undefined);
  return (
    <div class="actions">
      <a class="button button--primary" href={formatImagesRoute({ imageId: image.id, path: "/" })}>
        {t("images.look-inside")}
      </a>
      <Button
        onPress={() => {
          asked.value = { kind: "verify", imageId: image.id };
        }}
      >
        {t("images.verify-button")}
      </Button>
      <a class="button button--plain" href={formatRoute({ step: "target", sourceId: image.id, targetId: undefined })}>
        {t("home.restore-short")}
      </a>
      {asked.value && (
        <OperationDialog
          request={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </div>
  );
}
