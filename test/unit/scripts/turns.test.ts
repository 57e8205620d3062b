import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Turns } from '../../../scripts/lib/turns';

/** Actions that end when they are told to, and the names of those that have begun. */
function actions(turns: Turns): {
  begun: string[];
  start: (name: string, places: number) => { end: (error?: Error) => void; done: Promise<void> };
} {
  const begun: string[] = [];
  return {
    begun,
    start: (name, places) => {
      let end: (error?: Error) => void = () => undefined;
      const ended = new Promise<void>((resolve, reject) => {
        end = (error) => {
          if (error) reject(error);
          else resolve();
        };
      });
      const done = turns.take(places, () => {
        begun.push(name);
        return ended;
      });
      return { done, end };
    },
  };
}

describe('Turns', () => {
  test('run as much at once as there are places for, in order', async () => {
    const { begun, start } = actions(new Turns(3));
    const [lint, unit, php, file] = [start('lint', 1), start('unit', 2), start('php', 2), start('file', 1)];
    await settled();
    assert.deepEqual(begun, ['lint', 'unit']);
    lint.end();
    await lint.done;
    await settled();
    assert.deepEqual(begun, ['lint', 'unit'], 'what needs one place does not overtake what needs two');
    unit.end();
    await unit.done;
    await settled();
    assert.deepEqual(begun, ['lint', 'unit', 'php', 'file']);
    php.end();
    file.end();
    await Promise.all([php.done, file.done]);
  });

  test('go on after a failure', async () => {
    const { begun, start } = actions(new Turns(1));
    const [first, second] = [start('first', 1), start('second', 1)];
    first.end(new Error('It failed.'));
    await assert.rejects(first.done, /It failed/);
    second.end();
    await second.done;
    assert.deepEqual(begun, ['first', 'second']);
  });
});

/** Everything that can go on without waiting for something outside has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
