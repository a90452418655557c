import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { FilesPage } from "#ui/images/files-page.tsx";
import { ImageOverview } from "#ui/images/image-overview.tsx";
import { LibraryPage } from "#ui/images/library-page.tsx";
import { parseImagesRoute } from "#ui/images/route.ts";
import { useShell } from "#ui/shell/context.ts";

/** The page that the address names: all images, one of them, or its files. */
export function ImagesPages(): JSX.Element {
  const shell = useShell();
  const { imageId, path } = parseImagesRoute(shell.address.value);
  const { restore } = shell;
  // To be unlocked, an image is chosen as in a restore.
  useEffect(() => {
    if (imageId) restore.chooseImage(imageId);
  }, [imageId, restore]);
  const image = restore.images.value.value?.find(({ id, problem }) => id === imageId && !problem);
  if (!image) return <LibraryPage key="all" />;
  if (path && image.manifest) return <FilesPage key={`${image.id} ${path}`} image={image} path={path} />;
  return <ImageOverview key={image.id} image={image} />;
}
