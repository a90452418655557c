import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type PlaceOptions, withConsole, withPlace } from "#cli/console-place.ts";
import { table } from "#cli/output.ts";
import { type Environment, readPassword } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { Access } from "#pxe/console/access.ts";
import { isName, ROLES, type Role } from "#pxe/console/contract.ts";
import type { ConsoleStore } from "#pxe/console/store/console-store.ts";
import { changeRole, listUsers, removeUser } from "#pxe/console/store/users.ts";

interface PasswordOptions extends PlaceOptions {
  passwordFile?: string;
}

const roleOption = () =>
  new Option("--role <role>", "viewer looks, operator changes machines, admin changes who may what").choices(ROLES);

/** `serve user`: who may log in at the console. They work beside a running server. */
export function addUserVerbs(serve: Command, { pxeFolder }: Pick<Environment, "pxeFolder">): void {
  const user = serve.command("user").description("who may log in at the console");
  withPlace(verb(user, "list", "all users, with their roles")).action(
    async (options: PlaceOptions, command: Command) => {
      const users = await withConsole(options, pxeFolder, undefined, (store) => store.read(listUsers));
      outputOf(command).result(users, () =>
        table([
          ["NAME", "ROLE", "LAST LOGIN", "LOGGED IN"],
          ...users.map(({ name, role, lastLogin, sessions }) => [name, role, timeText(lastLogin), String(sessions)]),
        ]),
      );
    },
  );
  withPassword(withPlace(verb(user, "add", "a new user; the password is asked for")))
    .argument("<name>")
    .addOption(roleOption().makeOptionMandatory())
    .action(async (name: string, options: PasswordOptions & { role: Role }, command: Command) => {
      const { role } = options;
      expectName(name);
      const password = await newPassword(name, options);
      const made = await withConsole(options, pxeFolder, { what: "addUser", target: `${name}: ${role}` }, (store) =>
        accessTo(store).addUser(name, role, password),
      );
      outputOf(command).result(made, () => `${name} may log in, as ${role}.`);
    });
  withPassword(withPlace(verb(user, "password", "a new password; the user is logged out everywhere")))
    .argument("<name>")
    .action(async (name: string, options: PasswordOptions, command: Command) => {
      const password = await newPassword(name, options);
      const changed = await withConsole(options, pxeFolder, { what: "setPassword", target: name }, (store) =>
        accessTo(store).setPassword(name, password),
      );
      outputOf(command).result(changed, () => `${name} has another password.`);
    });
  withPlace(verb(user, "role", "another role"))
    .argument("<name>")
    .argument("<role>", ROLES.join(", "))
    .action(async (name: string, role: string, options: PlaceOptions, command: Command) => {
      const wanted = ROLES.find((one) => one === role);
      if (!wanted) throw new LifeboatError("USAGE", { problem: `${role} is no role: ${ROLES.join(", ")}` });
      const changed = await withConsole(
        options,
        pxeFolder,
        { what: "changeRole", target: `${name}: ${role}` },
        (store) => store.change((sql) => changeRole(sql, name, wanted)),
      );
      outputOf(command).result(changed, () => `${name} is ${role} now.`);
    });
  withPlace(verb(user, "remove", "who is logged in is logged out"))
    .argument("<name>")
    .action(async (name: string, options: PlaceOptions, command: Command) => {
      await withConsole(options, pxeFolder, { what: "removeUser", target: name }, (store) =>
        store.change((sql) => removeUser(sql, name)),
      );
      outputOf(command).result({ removed: name }, () => `${name} cannot log in any more.`);
    });
}

export const timeText = (at: number | undefined): string =>
  at === undefined ? "never" : new Date(at).toISOString().slice(0, 16).replace("T", " ");

const withPassword = (command: Command): Command =>
  command.option("--password-file <file>", "the password; - is standard input (else it is asked for)");

const newPassword = (name: string, { passwordFile }: PasswordOptions): Promise<string> =>
  readPassword({
    ...{ what: `the new password of ${name}`, option: "--password-file", file: passwordFile, isNew: true },
  });

/** @throws USAGE */
export function expectName(name: string): void {
  if (!isName(name))
    throw new LifeboatError("USAGE", {
      problem: `"${name}" is no name: small letters, digits, and . _ @ - between them`,
    });
}

/** Passwords are held to the same rules as in the console; nobody logs in here. */
export const accessTo = (store: ConsoleStore): Access => new Access({ store, times: { idle: 0, lifetime: 0 } });
