import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { deploymentText } from "#cli/deployment-text.ts";
import { readListFile } from "#cli/list-file.ts";
import { readPassword, readTextFile } from "#cli/password-input.ts";
import { type DeployOptions, deploymentOf, withDeployOptions } from "#cli/pxe-deploy-options.ts";
import type { WithFleet } from "#cli/pxe-deploy-verbs.ts";
import { addShareOptions, placeOf, type ShareOptions } from "#cli/share-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { isAddress } from "#pxe/fleet/point-folder.ts";
import { readIdentities } from "#pxe/fleet/read-identities.ts";

interface CreateOptions extends DeployOptions {
  image: string;
  template?: string;
  to: string;
  layout?: string;
  universal?: true;
  identity?: string;
  verify: boolean;
  delta?: true;
  hostnamePattern?: string;
  identities?: string;
  passwordFile?: string;
}

interface CaptureOptions extends DeployOptions, ShareOptions {
  from: string;
  repository: string;
  repositoryPasswordFile?: string;
  days?: string;
  leaveOutPageFiles?: true;
}

/** `pxe deploy create`, `capture` */
export function addDeployCreateVerbs(deploy: Command, opened: WithFleet): void {
  const create = async (wanted: ReturnType<typeof deploymentOf>, options: DeployOptions, command: Command) => {
    const made = await opened(options, (fleet) => fleet.create(wanted));
    outputOf(command).result(made, () => deploymentText(made));
  };
  withDeployOptions(
    verb(deploy, "create", "machines restore a point of a repository; everything on their disks is lost"),
  )
    .argument("<name>")
    .requiredOption("--image <point>", "REPOSITORY/points/NAME.lbi on this server, or its http(s) address")
    .option("--template <file>", "a plan template (docs/media.md); its image is not looked at")
    .option("--to <rule>", "only, largest, smallest, serial:NUMBER or id:ID: which disk of each machine", "only")
    .addOption(new Option("--layout <how>", "as `restore --layout`").choices(["keep", "fill", "shrink"]))
    .option("--universal", "let what is installed start on other hardware")
    .addOption(new Option("--identity <which>", "new: another machine than the image's").choices(["keep", "new"]))
    .option("--hostname-pattern <pattern>", "with new identities: pc-{n:02}; {n} counts machines, {name}, {serial}")
    .option("--identities <file>", "CSV: machine,hostname,universal")
    .option("--no-verify", "do not read back what was written")
    .option("--delta", "write only what differs")
    .option("--password-file <file>", "of an encrypted image; - is standard input")
    .action(async (name: string, options: CreateOptions, command: Command) => {
      const { work, afterwards } = await restoreOf(options);
      const { passwordFile } = options;
      const password = passwordFile === undefined ? undefined : await passwordIn(passwordFile);
      await create(deploymentOf(name, work, { password }, { afterwards, ...options }), options, command);
    });
  addShareOptions(
    withDeployOptions(
      verb(deploy, "capture", "machines capture their disks into a repository on a share, once or on days of the week"),
    ),
  )
    .argument("<name>")
    .option("--from <rule>", "only, largest, smallest, serial:NUMBER or id:ID: which disk of each machine", "only")
    .option("--repository <folder>", "in the share", "")
    .option("--repository-password-file <file>", "of an encrypted repository")
    .option("--days <days>", "a run begins on these: mon,tue,wed,thu,fri,sat,sun, at the start of --window")
    .option("--leave-out-page-files", "leave out the content of Windows' page and hibernation files")
    .action(async (name: string, options: CaptureOptions, command: Command) => {
      const { place, password: placePassword } = await placeOf(name, command.optsWithGlobals<ShareOptions>());
      const { from, repository, days, leaveOutPageFiles = false, repositoryPasswordFile: file } = options;
      const work = {
        ...{ kind: "capture", from: ruleOf(from), place, repository, leaveOutPageFiles },
        ...(days !== undefined && { days: days.split(",").map((day) => day.trim()) }),
      };
      const password = file === undefined ? undefined : await passwordIn(file);
      const given = { afterwards: "shut-down" as const, ...options };
      await create(deploymentOf(name, work, { password, placePassword }, given), options, command);
    });
}

const passwordIn = (file: string): Promise<string> =>
  readPassword({ what: "the password", option: "--password-file", file });

/** "serial:S1" @throws USAGE */
function ruleOf(text: string): string | object {
  if (["only", "largest", "smallest"].includes(text)) return text;
  const [, what, value] = /^(serial|id):(.+)$/.exec(text) ?? [];
  if (what !== undefined && value !== undefined) return { [what]: value };
  throw new LifeboatError("USAGE", {
    problem: `${text} names no disk: only, largest, smallest, serial:NUMBER or id:ID`,
  });
}

async function restoreOf(options: CreateOptions): Promise<{ work: object; afterwards: DeployOptions["afterwards"] }> {
  const { image, template: file, layout, universal, identity, verify, delta, hostnamePattern, identities } = options;
  const { afterwards, restore } = file === undefined ? { restore: {} } : await templateOf(file);
  const named = hostnamePattern !== undefined || identities !== undefined;
  const template = {
    ...{ to: ruleOf(options.to), ...restore },
    ...(layout !== undefined && { layout }),
    ...(universal && { universal }),
    ...(identity !== undefined ? { identity } : named && { identity: "new" }),
    ...(verify ? {} : { verify }),
    ...(delta && { delta }),
  };
  const work = {
    ...{ kind: "restore", point: isAddress(image) ? image : resolve(image), template },
    ...(hostnamePattern !== undefined && { hostnames: hostnamePattern }),
    ...(identities !== undefined && { identities: readIdentities(await readListFile(identities), identities) }),
  };
  return { work, afterwards };
}

/** What of a plan template is the same for all machines. @throws USAGE */
async function templateOf(file: string) {
  try {
    const plan = JSON.parse(await readTextFile(file)) as { restore: object; afterwards?: DeployOptions["afterwards"] };
    const { image: _, place: __, hostname: ___, again: ____, ...restore } = plan.restore as Record<string, unknown>;
    return { restore, afterwards: plan.afterwards };
  } catch (cause) {
    if (cause instanceof LifeboatError) throw cause;
    throw new LifeboatError(
      "USAGE",
      { problem: `${file} is no plan template: ${(cause as Error).message}` },
      { cause },
    );
  }
}
