import { knownResources } from '../../api/resources';
import { isFiltersType } from '../../api/filters';
import type { StoreMethod, StoreResource } from '../../api/store-methods/store-methods';
import { typeWords } from '../../api/type-words';
import { formArguments, type ArgumentValues } from '../../forms/method-form';
import { listMethod } from '../../forms/listing';
import { draftOf, readDraft } from '../../forms/value-draft';
import { translated, t } from '../../l10n/texts';
import { askForLimit } from '../calls/limit-question';
import { askInput } from '../messages';
import { pickOne } from '../picks';
import { oneLine, withoutIcons } from '../text';
import type { ListCall } from './call-rows';

/**
 * Asks for the arguments that a list needs, and for the number of rows if no argument limits it.
 * @returns the call. `undefined` when a question was cancelled
 */
export async function askForList(method: StoreMethod): Promise<ListCall | undefined> {
  const title = withoutIcons(t('{method} as Table', { method: method.id }));
  const values: (ArgumentValues[number] | undefined)[] = [];
  for (const { name, type, optional } of formArguments(method)) {
    if (optional === true || isFiltersType(type)) {
      values.push(undefined);
      continue;
    }
    const text = await askInput({
      title,
      prompt: `${oneLine(name)}: ${typeWords(type)}`,
      validateInput: (entered) => {
        const { value, problems } = readDraft(type, typed(type, entered), name);
        return problems[0]?.words ?? (value === undefined ? t('This argument is required.') : undefined);
      },
    });
    if (text === undefined) return undefined;
    values.push(readDraft(type, typed(type, text), name).value);
  }
  const limited = await askForLimit(method, values);
  return limited === undefined ? undefined : { method: method.path ?? method.id, args: limited.map((value) => value ?? null) };
}

/** The entered text as the form of a method keeps it: as text, or as JSON if the type is not a plain one. */
function typed(type: Parameters<typeof draftOf>[0], text: string): ReturnType<typeof draftOf> {
  return draftOf(type, undefined).kind === 'text' ? { kind: 'text', text } : { kind: 'json', text };
}

/** Asks which of a store's resources to list. @returns the method that lists it. `undefined` when the question was cancelled */
export async function chooseList(resources: readonly StoreResource[], title: string): Promise<StoreMethod | undefined> {
  const items = resources.flatMap((resource) => {
    const method = listMethod(resource);
    return method === undefined
      ? []
      : [
          {
            label: withoutIcons(translated(knownResources.resourceOf(method.id)?.words.many ?? resource.name)),
            description: withoutIcons(resource.title ?? ''),
            method,
          },
        ];
  });
  return (await pickOne(items, { title, placeHolder: t('Select the list to show'), matchOnDescription: true }))?.method;
}
