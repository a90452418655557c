import type { JSX } from "preact";
import type { FoundImage, Manifest } from "#rescue/api/contract.ts";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { type DrawnLayout, partitionName } from "#ui/disk/segments.ts";
import { describeProblem, format, t } from "#ui/i18n/index.ts";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Choice, ChoiceGroup } from "#ui/parts/choice.tsx";
import { useWizard } from "#ui/parts/context.ts";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { Question } from "#ui/wizard/question.tsx";

export function ImagePage(): JSX.Element {
  const wizard = useWizard();
  const { value: images, busy, problem } = wizard.images.value;
  const rescan = async () => {
    await wizard.loadImages(true);
    announce(t("image.found", { count: wizard.images.value.value?.length ?? 0 }));
  };
  const lookAgain = (
    <Button icon="refresh" blocked={busy} onPress={rescan}>
      {t(busy ? "image.rescanning" : "image.rescan")}
    </Button>
  );
  if (problem) {
    return (
      <Page title={t("image.title")} footer={<SaveLog />}>
        <ProblemAlert problem={problem}>
          <div class="actions">{lookAgain}</div>
        </ProblemAlert>
      </Page>
    );
  }
  const missing = wizard.image.value ? undefined : t("image.missing");
  return (
    <Question
      title={t("image.title")}
      lead={images && images.length > 0 ? t("image.lead") : undefined}
      tools={lookAgain}
      missing={missing}
      onNext={() => wizard.go("target")}
    >
      {wizard.actionProblem.value && <ProblemAlert problem={wizard.actionProblem.value} />}
      {!images && <p class="muted">{t("app.loading")}</p>}
      {images?.length === 0 && <NoImages />}
      {images && images.length > 0 && <Images images={images} />}
    </Question>
  );
}

function NoImages(): JSX.Element {
  return (
    <Section title={t("image.empty-title")} class="empty">
      <ol>
        <li>{t("image.empty-1")}</li>
        <li>{t("image.empty-2")}</li>
      </ol>
      <p class="muted">{t("image.empty-3")}</p>
    </Section>
  );
}

function Images({ images }: { images: readonly FoundImage[] }): JSX.Element {
  const chosen = useWizard().image.value;
  return (
    <div class="columns">
      <ChoiceGroup legend={t("image.list")}>
        {images.map((image) => (
          <ImageChoice key={image.id} image={image} />
        ))}
      </ChoiceGroup>
      <Section title={t("image.details")} class="panel">
        {chosen?.manifest ? (
          <ImageDetails image={chosen} manifest={chosen.manifest} />
        ) : (
          <p class="muted">{t("image.choose-to-see")}</p>
        )}
      </Section>
    </div>
  );
}

function ImageChoice({ image }: { image: FoundImage }): JSX.Element {
  const wizard = useWizard();
  const { manifest, problem } = image;
  const words = problem && describeProblem({ ...problem, safe: "", next: "", details: {} });
  return (
    <Choice
      group="image"
      icon="file"
      title={manifest?.name || image.fileName}
      checked={wizard.imageId.value === image.id}
      onChoose={() => wizard.chooseImage(image.id)}
      refusal={words && { title: t("image.unreadable"), text: words.text, code: words.code }}
    >
      {manifest && (
        <>
          <p>
            {t("image.made", {
              date: format.dateTime(manifest.createdAt),
              machine: manifest.disk.model ?? t("image.unknown-model"),
            })}
          </p>
          <p>{t("image.sizes", { disk: format.diskSize(manifest.disk.size), file: format.bytes(image.fileSize) })}</p>
          <p>{contents(manifest)}</p>
        </>
      )}
      <p class="muted">{image.place}</p>
    </Choice>
  );
}

const contents = (manifest: Manifest): string =>
  format.list(manifest.partitions.filter((p) => p.role !== "extended").map(partitionName));

function ImageDetails({ image, manifest }: { image: FoundImage; manifest: Manifest }): JSX.Element {
  const layout = layoutOf(manifest);
  return (
    <>
      <DiskView layout={layout} caption={t("image.details")} />
      <Facts
        rows={[
          [t("image.note"), manifest.note],
          [t("image.file"), image.path],
          [t("image.place"), image.place],
          [t("image.written-by"), t("image.writer", manifest.writer)],
        ]}
      />
    </>
  );
}

/** The captured disk, with what each partition holds according to its region. */
function layoutOf(manifest: Manifest): DrawnLayout {
  const partitions = manifest.partitions.map((p) => {
    const region = manifest.regions.find((r) => r.kind === "volume" && r.partition === p.number);
    return { ...p, usedBytes: region?.usedBytes, mode: region?.mode };
  });
  return { size: manifest.disk.size, partitions };
}
