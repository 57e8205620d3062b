// What shops of Maho 26.7.4 answered in trouble: switched off, half installed, with limited rights, spoken to wrongly.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';

const recorded = z.array(
  z.object({
    name: z.string(),
    method: z.string(),
    url: z.string(),
    status: z.number(),
    headers: z.array(z.tuple([z.string(), z.string()])),
    request: z.string(),
    response: z.string(),
  }),
);

export type TroubleAnswer = z.infer<typeof recorded>[number];

const file = join(import.meta.dirname, '../fixtures/troubles-maho-26.7/answers.json.gz');

export const troubleAnswers: readonly TroubleAnswer[] = recorded.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
