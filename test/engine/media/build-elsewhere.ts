import { buildIso } from "#mediabuilder/build-iso.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";

/** For reproducible.test.ts: `build-elsewhere.ts OUT WORKDIR CONFIG`, in a process whose clock may be another one. */
const [out = "", workDir = "", config = "{}"] = process.argv.slice(2);
const log = (line: string) => process.stderr.write(`${line}\n`);
await buildIso({ out, workDir, config: MediaConfig.parse(JSON.parse(config)), log });
