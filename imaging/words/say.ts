import { speakerOf } from "#base/sentence.ts";
import { editWords } from "#imaging/words/edit-words.ts";
import { layoutWords } from "#imaging/words/layout-words.ts";
import { planWords } from "#imaging/words/plan-words.ts";

/** All that the engine says in words of its own, in English; every other language has the same keys. No node: import. */
export const engineWords = { ...planWords, ...layoutWords, ...editWords };
export type EngineWords = typeof engineWords;

/** A sentence with its key, so that a page can say it in another language. */
export const say = speakerOf(engineWords);
