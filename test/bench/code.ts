import ts from 'typescript';
import { completionsAt, Diagnoser, findCalls, hoverAt, mayHoldCalls, type CodeLanguage } from '../../src/codegen';
import { fastest, lowerIsBetter, type BenchRow } from './report';

const LINES = 5_000;
/** Maximum time for a keystroke, in ms. */
const GOAL_MS = 5;
/** Number of lines for each call. */
const LINES_PER_CALL = 50;

/** Help in the editor: the time of a keystroke in a file of 5,000 lines, and the time for files that have nothing to do with this API. */
export function benchCode(): BenchRow[] {
  const rows = (['php', 'typescript'] as const).flatMap((language) => {
    const name = language === 'php' ? 'PHP' : 'TypeScript';
    const text = sourceOf(language, true);
    const other = sourceOf(language, false);
    const call = text.lastIndexOf('group_id');
    const typed = keystrokes(text, call);
    const goal = { area: 'code', unit: 'ms', peer: 'goal', peerValue: GOAL_MS } as const;
    return [
      { ...goal, case: `${name}: completion at a keystroke in a call`, value: worst(typed, (now, at) => completionsAt(now, at, language)) },
      { ...goal, case: `${name}: hover in a call`, value: fastest(20, () => hoverAt(text, call + 2, language)) },
      { ...goal, case: `${name}: calls and problems of the whole file, ${LINES / LINES_PER_CALL} calls`, value: editing(typed, language) },
      {
        area: 'code',
        unit: 'ms',
        case: `${name}: the same when the file is opened`,
        value: fastest(5, () => new Diagnoser().diagnose(text, findCalls(text, language))),
      },
      {
        ...goal,
        case: `${name}: a keystroke in a file without calls`,
        value: worst(keystrokes(other, other.length / 2), (now) => mayHoldCalls(now)),
      },
    ];
  });
  const text = sourceOf('typescript', true);
  const peerValue = fastest(10, () => ts.createSourceFile('shop.ts', text, ts.ScriptTarget.Latest));
  const value = fastest(20, () => findCalls(text, 'typescript'));
  return [...rows, { area: 'code', unit: 'ms', case: 'TypeScript: find every call', value, peer: 'typescript, parse only', peerValue }].map(
    lowerIsBetter,
  );
}

/** The text after each of ten keystrokes, so that no text is used twice. */
function keystrokes(text: string, at: number): readonly { readonly text: string; readonly at: number }[] {
  return Array.from({ length: 10 }, (_, index) => ({
    text: `${text.slice(0, at)}${'abcdefghij'.slice(0, index + 1)}${text.slice(at)}`,
    at: at + index + 1,
  }));
}

/** The slowest keystroke, each with its best time of several rounds, in ms. */
function worst(typed: ReturnType<typeof keystrokes>, action: (text: string, at: number) => unknown): number {
  return Math.max(...typed.map(({ text, at }) => fastest(5, () => action(text, at))));
}

/** Checking the file again after each keystroke, as the editor does when typing pauses: the slowest, in ms. */
function editing(typed: ReturnType<typeof keystrokes>, language: CodeLanguage): number {
  const rounds = Array.from({ length: 20 }, () => {
    const diagnoser = new Diagnoser();
    return typed.map(({ text }) => fastest(1, () => diagnoser.diagnose(text, findCalls(text, language)))).slice(1);
  });
  const strokes = rounds[0]?.map((_, index) => Math.min(...rounds.map((round) => round[index] ?? Infinity))) ?? [];
  return Math.max(...strokes);
}

/** Realistic code: functions with strings, comments and calls of other methods, with a call of this API every 50 lines. */
function sourceOf(language: CodeLanguage, calls: boolean): string {
  const lines =
    language === 'php'
      ? ['<?php', calls ? "$client = new SoapClient('https://shop.example.com/api/v2_soap?wsdl');" : '$client = new Other();']
      : [calls ? "import { createClientAsync } from 'soap';" : "import { other } from 'other';"];
  for (let index = 0; lines.length < LINES; index++) {
    if (calls && lines.length % LINES_PER_CALL === 0) {
      lines.push(
        language === 'php'
          ? `    $customers = $client->customerCustomerList($session, ['complex_filter' => [['key' => 'group_id', 'value' => ` +
              `['key' => 'in', 'value' => '1,${index}']]]]);`
          : `  const [answer${index}] = await client.customerCustomerListAsync({ sessionId, filters: { complex_filter: { ` +
              `item: [{ key: 'group_id', value: { key: 'in', value: '1,${index}' } }] } } });`,
      );
    } else lines.push(...filler(language, index));
  }
  return lines.join('\n');
}

function filler(language: CodeLanguage, index: number): readonly string[] {
  const line = [
    language === 'php'
      ? `function step${index}(array $rows, string $name): array {`
      : `function step${index}(rows: string[], name: string): string[] {`,
    `    // Step ${index}: it's what "others" call /* a filter */`,
    language === 'php'
      ? `    $kept = array_filter($rows, fn ($row) => $row['name'] === "{$name} ${index}");`
      : `    const kept = rows.filter((row) => row === \`\${name} ${index}\`);`,
    language === 'php'
      ? `    $this->log->info('kept ' . count($kept) . " of ${index}", ['step' => ${index}]);`
      : `    console.info('kept ' + kept.length + " of ${index}", { step: ${index} });`,
    language === 'php' ? '    return $kept;' : '    return kept;',
    '}',
  ][index % 6];
  return [line ?? ''];
}
