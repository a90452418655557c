import type { JSX } from "preact";
import type { Sentence } from "#rescue/api/contract.ts";
import { tell } from "#ui/i18n/index.ts";

/** What the server says, in the language of the page; in English, and marked as that, where there are no words for it. */
export function Told({ of }: { of: Sentence }): JSX.Element {
  const own = tell(of);
  return own === undefined ? <span lang="en">{of.text}</span> : <>{own}</>;
}

/** One below the other, where line breaks are kept. */
export const Lines = ({ of }: { of: readonly Sentence[] }): JSX.Element => (
  <>
    {of.map((sentence, i) => (
      <div key={`${i} ${sentence.text}`}>
        <Told of={sentence} />
      </div>
    ))}
  </>
);
