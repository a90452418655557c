import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { FoundImage, ImageEntry, ImageFolder, ImageVolume, OperationRequest } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { downloadPath, fillPath } from "#ui/api/routes.ts";
import { format, t } from "#ui/i18n/index.ts";
import { PlaceSelect } from "#ui/images/place-select.tsx";
import { childOf, formatImagesRoute, parentOf } from "#ui/images/route.ts";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Icon } from "#ui/parts/icon.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useOnRescueScreen } from "#ui/parts/save-log.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

/** A folder of an image: what is in it, to be downloaded or copied to another disk. */
export function FilesPage({ image, path }: { image: FoundImage; path: string }): JSX.Element {
  const up = path === "/" ? undefined : parentOf(path);
  return (
    <Page
      title={image.manifest?.name || image.fileName}
      lead={
        <>
          {image.manifest && <>{format.dateTime(image.manifest.createdAt)} · </>}
          <span class="code" translate={false}>
            {path}
          </span>
        </>
      }
      footer={
        <>
          <a class="button button--plain" href={formatImagesRoute({ imageId: image.id, path: up })}>
            {t(up ? "images.up" : "nav.back")}
          </a>
          <span class="footer__gap" />
        </>
      }
    >
      {path === "/" ? <Volumes image={image} /> : <Folder image={image} path={path} />}
    </Page>
  );
}

function Volumes({ image }: { image: FoundImage }): JSX.Element {
  const { api } = useShell();
  const volumes = useSignal<Loaded<readonly ImageVolume[]>>(NOTHING);
  useEffect(() => void load(volumes, () => api.call("imageVolumes", { params: { imageId: image.id } })), []);
  const { value, problem } = volumes.value;
  return (
    <Section title={t("images.volumes")}>
      {problem && <ProblemAlert problem={problem} />}
      {!value && !problem && <p class="muted">{t("images.opening")}</p>}
      <ul class="rows">
        {value?.map(({ name, filesystem, label, size, isShown, isLocked, reason }) => (
          <li key={name} class="row">
            <Icon name="disk" />
            <div class="row__text">
              <p class="row__title" translate={false}>
                {name}
              </p>
              <p class="muted">{[filesystem, label, format.bytes(size)].filter(Boolean).join(" · ")}</p>
              {isLocked && <p class="muted">{t("images.volume-locked")}</p>}
              {reason && !isLocked && (
                <p class="muted">
                  <Told of={reason} />
                </p>
              )}
            </div>
            {isShown && (
              <a
                class="button button--plain"
                href={formatImagesRoute({ imageId: image.id, path: `/${name}` })}
                aria-label={t("images.open-this", { name })}
              >
                {t("images.open")}
              </a>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Folder({ image, path }: { image: FoundImage; path: string }): JSX.Element {
  const { api } = useShell();
  const folder = useSignal<Loaded<ImageFolder>>(NOTHING);
  const chosen = useSignal<readonly string[]>([]);
  const params = { imageId: image.id };
  useEffect(() => void load(folder, () => api.call("imageFolder", { params, body: { path } })), []);
  const { value, problem } = folder.value;
  return (
    <>
      <Section title={t("images.files")}>
        {problem && <ProblemAlert problem={problem} />}
        {!value && !problem && <p class="muted">{t("images.opening")}</p>}
        {value?.entries.length === 0 && <p>{t("images.empty")}</p>}
        {value && value.entries.length > 0 && (
          <Entries image={image} path={path} entries={value.entries} chosen={chosen} />
        )}
        {value && value.more > 0 && <p>{t("home.images-more", { count: value.more })}</p>}
      </Section>
      {value && value.entries.length > 0 && <CopySection image={image} path={path} chosen={chosen} />}
    </>
  );
}

function Entries(props: {
  readonly image: FoundImage;
  readonly path: string;
  readonly entries: readonly ImageEntry[];
  readonly chosen: Signal<readonly string[]>;
}): JSX.Element {
  const { image, path, chosen } = props;
  const mayDownload = !useOnRescueScreen();
  const choose = (name: string, on: boolean) => {
    chosen.value = on ? [...chosen.value, name] : chosen.value.filter((one) => one !== name);
  };
  return (
    <>
      {mayDownload && <p class="muted">{t("images.as-tar")}</p>}
      <table class="table files">
        <caption class="visually-hidden">{t("images.files")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("disk.name")}</th>
            <th scope="col" class="table__number">
              {t("disk.size")}
            </th>
            <th scope="col">{t("images.changed")}</th>
            {mayDownload && <th scope="col">{t("images.download")}</th>}
          </tr>
        </thead>
        <tbody>
          {props.entries.map(({ name, kind, size, modified }) => {
            const at = childOf(path, name);
            return (
              <tr key={name}>
                <th scope="row">
                  <span class="files__name">
                    <input
                      type="checkbox"
                      aria-label={t("images.choose", { name })}
                      checked={chosen.value.includes(name)}
                      onChange={(event) => choose(name, event.currentTarget.checked)}
                    />
                    {kind === "folder" ? (
                      <a href={formatImagesRoute({ imageId: image.id, path: at })} translate={false}>
                        {name}/
                      </a>
                    ) : (
                      <span translate={false}>{name}</span>
                    )}
                  </span>
                </th>
                <td class="table__number">{kind === "file" ? format.bytes(size) : ""}</td>
                <td>{format.dateTime(new Date(modified * 1000).toISOString())}</td>
                {mayDownload && (
                  <td>
                    {(kind === "file" || kind === "folder") && (
                      <a
                        href={`${fillPath(downloadPath, { imageId: image.id })}?${new URLSearchParams({ path: at })}`}
                        download={kind === "folder" ? `${name}.tar` : name}
                        aria-label={t("images.download-this", { name })}
                      >
                        {t("images.download")}
                      </a>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** To another disk, stick or share of this machine. */
function CopySection(props: {
  readonly image: FoundImage;
  readonly path: string;
  readonly chosen: Signal<readonly string[]>;
}): JSX.Element {
  const { image, path, chosen } = props;
  const place = useSignal("");
  const asked = useSignal<OperationRequest | undefined>(undefined);
  const isMissing = chosen.value.length === 0 || place.value === "";
  const ask = () => {
    if (isMissing) return;
    const name = (image.manifest?.name || image.fileName).replaceAll(/[/\\:*?"<>|]/g, "-").slice(0, 60);
    const folderName = `${name} ${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}`.trim();
    const paths = chosen.value.map((one) => childOf(path, one));
    asked.value = { kind: "copy-files", imageId: image.id, paths, destinationId: place.value, folderName };
  };
  return (
    <Section title={t("images.copy")}>
      <PlaceSelect
        value={place.value}
        onChoose={(id) => {
          place.value = id;
        }}
      />
      <p class="muted" role="status">
        {t("images.chosen", { count: chosen.value.length })}
      </p>
      <div class="actions">
        <Button blocked={isMissing} onPress={ask}>
          {t("images.copy-button")}
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
