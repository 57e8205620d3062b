import { translated, t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import { markdownText } from '../../api/markdown';
import type { Method } from '../../api/method';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { typeLabel } from './labels';
import { CodeFile, mayHold, type FoundCall } from './calls';
import type { CallNames } from './call-names';
import { touches, type CodeLanguage, type Span } from './node';
import { wordPlaceAt } from './word-place';
import { operationWords, pathWords, type Word } from './shapes';
import { readCode } from './read-code';

/** Completions for a place in code. */
export interface CodeCompletions {
  /** The range that they replace. */
  readonly span: Span;
  readonly words: readonly Word[];
  /** Appended to the name of an operation of the soap package. */
  readonly suffix: '' | 'Async';
}

/** The description of the word under the mouse. */
export interface CodeHover {
  readonly span: Span;
  /** Markdown, with text from the store escaped. */
  readonly markdown: string;
}

/** Completions at an offset: methods, arguments, attributes, operators. `undefined` when there are none. The file is read once. */
export function completionsAt(
  text: string,
  offset: number,
  language: CodeLanguage,
  registry: ResourceRegistry = knownResources,
): CodeCompletions | undefined {
  if (!mayHold(text, registry)) return undefined;
  const file = new CodeFile(readCode(text, language, offset), registry);
  const operation = operationAt(file, offset);
  if (operation !== undefined) return operation;
  for (const call of around(file, offset, true)) {
    if (call.positional && touches(call.methodSpan, offset)) return { span: call.methodSpan, words: pathWords(registry), suffix: '' };
    const place = wordPlaceAt(call, offset);
    if (place !== undefined)
      return { span: place.span, words: place.words.filter(({ name }) => name === place.text || !place.taken.includes(name)), suffix: '' };
  }
  return undefined;
}

/** The description of the method, argument, attribute or operator at an offset. */
export function hoverAt(
  text: string,
  offset: number,
  language: CodeLanguage,
  registry: ResourceRegistry = knownResources,
): CodeHover | undefined {
  if (!mayHold(text, registry)) return undefined;
  for (const call of around(new CodeFile(readCode(text, language), registry), offset, false)) {
    if (touches(call.methodSpan, offset))
      return call.known === undefined ? undefined : { span: call.methodSpan, markdown: methodMarkdown(call, call.known) };
    const place = wordPlaceAt(call, offset);
    const word = place?.words.find(({ name }) => name === place.text);
    if (place !== undefined && word !== undefined) {
      const described = call.known !== undefined && call.registry.isDescribed(call.known);
      // Names and types of a description come from the store and are escaped; the sentences are ours.
      const [name, detail] = [word.name, word.detail].map((text) => (described ? markdownText(text) : text));
      return { span: place.span, markdown: `**${name}** ${translated(detail ?? '')}\n\n${translated(word.doc)}` };
    }
  }
  return undefined;
}

/**
 * Completions for an operation being typed, such as `$client->customerCus`. Right after the arrow only if the variable is known to be a
 * client.
 */
function operationAt({ code: { text, language }, names, evidence }: CodeFile, offset: number): CodeCompletions | undefined {
  const before = text.slice(Math.max(0, offset - 120), offset);
  const [, receiver, typed] = (language === 'php' ? /(\w+)\s*\??->(\w*)$/ : /(\w+)\s*\??\.(\w*)$/).exec(before) ?? [];
  if (receiver === undefined || typed === undefined) return undefined;
  if (typed === '' ? !isClient(text, receiver, language, names) : !names.mayBecomeOperation(typed)) return undefined;
  if (!evidence.speaks) return undefined;
  const rest = /^\w*/.exec(text.slice(offset, offset + 80))?.[0].length ?? 0;
  return {
    span: { start: offset - typed.length, end: offset + rest },
    words: operationWords(names.registry),
    suffix: language === 'typescript' ? 'Async' : '',
  };
}

/** Whether the file makes a SOAP client of a variable, or calls this API on it. */
function isClient(text: string, name: string, language: CodeLanguage, { operationStart }: CallNames): boolean {
  const made = language === 'php' ? `\\s*=\\s*new\\s+\\\\?SoapClient\\b` : `\\s*=\\s*await\\s+(?:\\w+\\.)?createClientAsync\\b`;
  const used = language === 'php' ? `\\s*->(?:${operationStart}|login\\()` : `\\s*\\.(?:${operationStart}|loginAsync\\()`;
  return new RegExp(`\\b${name}(?:${made}|${used})`).test(text);
}

/** Calls whose code contains an offset, the innermost first. */
function around(file: CodeFile, offset: number, typing: boolean): readonly FoundCall[] {
  return file.evidence.sites
    .filter((site) => touches(site, offset))
    .reverse()
    .flatMap((site) => file.callsAt(site, typing))
    .filter((call) => touches(call, offset) || (call.args !== undefined && touches(call.args, offset)));
}

function methodMarkdown(call: FoundCall, method: Method): string {
  const name = call.positional ? method.id : method.operation;
  if (call.registry.isDescribed(method)) return describedMarkdown(call, method, name);
  const args = method.args.map((arg) => {
    const type = typeLabel(arg.type);
    return `- \`${arg.name}\` ${arg.optional === true ? t('{type}, optional', { type }) : type}: ${translated(arg.doc)}`;
  });
  const faults = method.faults.map(({ code, doc }) => `- ${code}: ${translated(doc)}`);
  return [
    `**${name}** ${translated(method.title)} (SOAP ${dialectLabels[call.dialect]})`,
    translated(method.doc),
    ...(method.notes === undefined ? [] : [`${t('Good to know:')}\n${method.notes.map((note) => `- ${translated(note)}`).join('\n')}`]),
    ...(args.length > 0 ? [`${t('Arguments, after the session:')}\n${args.join('\n')}`] : [t('It takes only the session.')]),
    t('Returns {type}: {about}', { type: typeLabel(method.result.type), about: translated(method.result.doc) }),
    ...(faults.length > 0 ? [`${t('Faults:')}\n${faults.join('\n')}`] : []),
    t('Needs the permission {right}.', { right: `\`${method.right}\`` }),
  ].join('\n\n');
}

/** The hover for a method that is only known from a description. Its texts come from the store. */
function describedMarkdown(call: FoundCall, { title, doc, args, result, id, operation, access }: Method, name: string): string {
  const list = args.map(
    ({ name: argument, type, optional }) =>
      `- ${markdownText(argument)}: ${optional === true ? markdownText(typeLabel(type)) : t('{type}, required', { type: markdownText(typeLabel(type)) })}`,
  );
  const other = call.positional ? operation : id;
  return [
    `**${markdownText(name)}** ${title === id ? '' : `${markdownText(title)} `}(SOAP ${dialectLabels[call.dialect]})`,
    ...(doc === '' ? [] : [markdownText(doc)]),
    ...(other === name
      ? []
      : [
          call.positional
            ? t('{method} over V2 and WS-I.', { method: markdownText(other) })
            : t('{method} over V1.', { method: markdownText(other) }),
        ]),
    list.length === 0 ? t('It takes only the session.') : `${t('Arguments, after the session:')}\n${list.join('\n')}`,
    `${t('Returns {type}.', { type: markdownText(typeLabel(result.type)) })} ${access === 'write' ? t('It changes data in the store.') : t('It only reads.')}`,
  ].join('\n\n');
}
