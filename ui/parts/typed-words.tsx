import type { JSX } from "preact";

/** A text of ours in which what is typed, such as a command, stands in backticks. */
export const TypedWords = ({ text }: { text: string }): JSX.Element => (
  <>
    {text.split("`").map((part, at) =>
      at % 2 === 1 ? (
        <code key={part} translate={false}>
          {part}
        </code>
      ) : (
        part
      ),
    )}
  </>
);
