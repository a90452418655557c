import { type Command, InvalidArgumentError, Option } from "commander";
import { type PlaceOptions, withConsole, withPlace } from "#cli/console-place.ts";
import { table } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { accessTo, expectName, timeText } from "#cli/serve-user-verbs.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { ROLES, type Role } from "#pxe/console/contract.ts";
import { listTokens, revokeToken } from "#pxe/console/store/tokens.ts";

const MOST_DAYS = 3650;

function days(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_DAYS)
    throw new InvalidArgumentError(`Give a number of days from 1 to ${MOST_DAYS}.`);
  return count;
}

/** `serve token`: what programs show in place of a login. */
export function addTokenVerbs(serve: Command, { pxeFolder }: Pick<Environment, "pxeFolder">): void {
  const token = serve.command("token").description("what programs show to the API in place of a login");
  withPlace(verb(token, "list", "all tokens; what they are is shown nowhere")).action(
    async (options: PlaceOptions, command: Command) => {
      const tokens = await withConsole(options, pxeFolder, undefined, (store) => store.read(listTokens));
      outputOf(command).result(tokens, () =>
        table([
          ["ID", "NAME", "ROLE", "MADE BY", "UNTIL", "LAST USED"],
          ...tokens.map(({ id, name, role, createdBy, expiresAt, lastUsed }) => [
            ...[id, name, role, createdBy, timeText(expiresAt), timeText(lastUsed)],
          ]),
        ]),
      );
    },
  );
  withPlace(verb(token, "create", "a new token, which is shown this once"))
    .argument("<name>", "what it is for")
    .addOption(new Option("--role <role>", "what it may do").choices(ROLES).makeOptionMandatory())
    .option("--days <n>", "it ends after so many days (default: never)", days)
    .action(async (name: string, options: PlaceOptions & { role: Role; days?: number }, command: Command) => {
      expectName(name);
      const audit = { what: "createToken", target: `${name}: ${options.role}` };
      const made = await withConsole(options, pxeFolder, audit, (store) =>
        accessTo(store).createToken({ name, role: options.role, days: options.days }, "the command"),
      );
      outputOf(command).result(made, () => `Authorization: Bearer ${made.secret}`);
    });
  withPlace(verb(token, "revoke", "a token that may be used no more"))
    .argument("<id>", "as `list` shows it")
    .action(async (id: string, options: PlaceOptions, command: Command) => {
      const gone = await withConsole(options, pxeFolder, { what: "revokeToken", target: id }, (store) =>
        store.change((sql) => revokeToken(sql, id)),
      );
      outputOf(command).result(gone, () => `${gone.name} may be used no more.`);
    });
}
