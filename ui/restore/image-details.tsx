import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { FoundImage, Manifest, Region } from "#rescue/api/contract.ts";
import { DiskView } from "#ui/disk/disk-view.tsx";
import type { DrawnLayout } from "#ui/disk/segments.ts";
import { format, t, tData, tellName } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Told } from "#ui/parts/told.tsx";

/** What an image holds: its disk, the volumes inside of partitions, and what was noted when it was made. */
export function ImageDetails({ image, manifest }: { image: FoundImage; manifest: Manifest }): JSX.Element {
  return (
    <>
      <DiskView layout={layoutOf(manifest)} caption={t("image.details")} />
      {manifest.regions.map(
        (region) => region.contents && <Inside key={region.start} region={region} heard={image.heard} />,
      )}
      <Warnings texts={manifest.warnings ?? []} heard={image.heard} />
      <Facts
        rows={[
          [t("image.note"), manifest.note],
          [t("image.file"), image.path],
          [t("image.volumes"), image.volumes > 1 ? t("image.volume-count", { count: image.volumes }) : ""],
          [t("image.protection"), image.protection === "unlocked" ? t("image.unlocked") : ""],
          [t("image.place"), tellName(image.place, image.placeSaid)],
          [t("image.written-by"), t("image.writer", manifest.writer)],
        ]}
      />
    </>
  );
}

/** The volumes of an encrypted partition or a volume group. */
function Inside({ region, heard }: { region: Region; heard: FoundImage["heard"] }): JSX.Element {
  const title = useId();
  return (
    <>
      <h3 id={title}>{t("image.inside", { part: tellName(region.label, heard?.[region.label]) })}</h3>
      <table class="table" aria-labelledby={title}>
        <thead>
          <tr>
            <th scope="col">{t("disk.name")}</th>
            <th scope="col">{t("disk.filesystem")}</th>
            <th scope="col" class="table__number">
              {t("disk.size")}
            </th>
            <th scope="col" class="table__number">
              {t("disk.used")}
            </th>
          </tr>
        </thead>
        <tbody>
          {region.contents?.map(({ name, filesystem, size, usedBytes, mode }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {filesystem?.type ?? t("disk.unknown-filesystem")}
                <span class="table__sub">{tData("mode", mode)}</span>
              </td>
              <td class="table__number">{format.bytes(size)}</td>
              <td class="table__number">{format.bytes(usedBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Warnings(props: { texts: readonly string[]; heard: FoundImage["heard"] }): JSX.Element | null {
  const { texts, heard } = props;
  if (texts.length === 0) return null;
  return (
    <Alert kind="warning" title={t("image.warnings")}>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            <Told of={{ text, said: heard?.[text] }} />
          </li>
        ))}
      </ul>
    </Alert>
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
