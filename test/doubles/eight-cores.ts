import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

/** Loaded in front of a program (`node --import`): it starts as many threads as on a machine with eight processors. */
os.availableParallelism = () => 8;
syncBuiltinESMExports();
