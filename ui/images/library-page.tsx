import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { FoundImage } from "#rescue/api/contract.ts";
import { describeReason, format, t, tellName } from "#ui/i18n/index.ts";
import { byMachine, byTime, matches } from "#ui/images/library.ts";
import { formatImagesRoute } from "#ui/images/route.ts";
import { Button } from "#ui/parts/button.tsx";
import { Icon } from "#ui/parts/icon.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { TextField } from "#ui/parts/text-field.tsx";
import { isLocked } from "#ui/restore/unlock.tsx";
import { useShell } from "#ui/shell/context.ts";

/** All images that were found, by machine or by time, and a search in what is known of them. */
export function LibraryPage(): JSX.Element {
  const { restore } = useShell();
  const { value: images, busy, problem } = restore.images.value;
  const search = useSignal("");
  const order = useSignal<"machine" | "time">("machine");
  const found = images?.filter((image) => matches(image, search.value)) ?? [];
  return (
    <Page
      title={t("images.title")}
      lead={images && t("image.found", { count: found.length })}
      tools={
        <Button icon="refresh" blocked={busy} onPress={() => restore.loadImages(true)}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      footer={null}
    >
      {problem && <ProblemAlert problem={problem} />}
      {!images && !problem && <p class="muted">{t("app.loading")}</p>}
      {images && images.length > 0 && (
        <div class="columns columns--even">
          <TextField
            id="images-search"
            label={t("images.search")}
            hint={t("images.search-hint")}
            value={search.value}
            onInput={(text) => {
              search.value = text;
            }}
          />
          <Radios
            legend={t("images.order")}
            name="order"
            value={order.value}
            options={[
              { value: "machine", label: t("images.by-machine") },
              { value: "time", label: t("images.by-time") },
            ]}
            onChoose={(value) => {
              order.value = value;
            }}
          />
        </div>
      )}
      {images?.length === 0 && (
        <Section title={t("image.empty-title")} class="empty">
          <p>{t("image.empty-1")}</p>
        </Section>
      )}
      {order.value === "machine"
        ? byMachine(found).map(([machine, of]) => (
            <Section key={machine ?? ""} title={machine ?? t("images.unknown-machine")}>
              <Rows images={of} />
            </Section>
          ))
        : found.length > 0 && (
            <Section title={t("images.by-time")}>
              <Rows images={found.toSorted(byTime)} />
            </Section>
          )}
    </Page>
  );
}

const Rows = ({ images }: { images: readonly FoundImage[] }): JSX.Element => (
  <ul class="rows">
    {images.map((image) => (
      <Row key={image.id} image={image} />
    ))}
  </ul>
);

function Row({ image }: { image: FoundImage }): JSX.Element {
  const { manifest, problem, fileName, fileSize, volumes, place, placeSaid } = image;
  const name = manifest?.name || fileName;
  return (
    <li class="row">
      <Icon name={isLocked(image) ? "lock" : "file"} />
      <div class="row__text">
        <p class="row__title" translate={false}>
          {name}
        </p>
        <p class="muted">
          {[
            manifest && format.dateTime(manifest.createdAt),
            t("image.files", { size: format.bytes(fileSize), count: volumes }),
            isLocked(image) && t("image.locked"),
            tellName(place, placeSaid),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {manifest?.note && <p class="muted">{manifest.note}</p>}
        {problem && (
          <p class="warning-text">
            {describeReason(problem)} <span class="code">{problem.code}</span>
          </p>
        )}
      </div>
      {!problem && (
        <a
          class="button button--plain"
          href={formatImagesRoute({ imageId: image.id, path: undefined })}
          aria-label={t("images.open-this", { name })}
        >
          {t("images.open")}
        </a>
      )}
    </li>
  );
}
