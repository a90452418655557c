import type { JSX } from "preact";
import { EditorPage } from "#ui/partitions/editor-page.tsx";
import { ReviewPage } from "#ui/partitions/review-page.tsx";
import { useShell } from "#ui/shell/context.ts";

/** The partitions of a disk: what is wanted of them, and what that would do. */
export function PartitionsPages(): JSX.Element {
  const { partitions } = useShell();
  return partitions.isReview.value ? <ReviewPage key="review" /> : <EditorPage key="editor" />;
}
