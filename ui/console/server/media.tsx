import type { JSX } from "preact";
import { mediaFilesPath } from "#ui/console/api/routes.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";
import { Section } from "#ui/parts/page.tsx";

const fileAddress = (name: string): string => `${mediaFilesPath}/${name.split("/").map(encodeURIComponent).join("/")}`;

/** What can be written to a stick, or burnt to a disc. */
export function Media(): JSX.Element {
  const store = useConsole();
  const { value: files, problem } = useLoaded(() => store.call("media"), []).value;
  return (
    <Section title={c("media.title")}>
      <Trouble problem={problem} live={false} />
      {!files && !problem && <p class="muted">{t("app.loading")}</p>}
      {files?.length === 0 && <p>{c("media.none")}</p>}
      <ul class="rows">
        {files?.map(({ name, bytes, modified }) => (
          <li key={name} class="row">
            <div class="row__text">
              <p class="row__title">{name}</p>
              <p class="muted">
                {format.bytes(bytes)} · {format.dateTime(new Date(modified).toISOString())}
              </p>
            </div>
            <a
              class="button button--plain"
              href={fileAddress(name)}
              download={name.split("/").at(-1)}
              aria-label={c("media.load-this", { name })}
            >
              <Icon name="save" />
              <span>{c("media.load")}</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
