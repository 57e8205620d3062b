import type * as vscode from 'vscode';
import type { Field } from '../../api/types';
import { fieldProblem } from '../../forms/customer-form';
import { guard } from '../../store/calls/policy';
import { plural, translated, t } from '../../l10n/texts';
import { customerGroups } from '../customer/customer-groups';
import { askInput } from '../messages';
import { pickOne } from '../picks';
import type { Connection, Store } from '../stores/store';
import { connectionFor } from '../stores/wait-with-notice';
import { withoutIcons } from '../text';
import { writeChange } from './change-files';
import type { ImportViews } from './import-views';

interface Choice extends vscode.QuickPickItem {
  readonly value: string;
}

/**
 * Gives several customers the same value of one attribute. Asks for attribute and value, then runs the change as an import, so that it is
 * reviewed, sent in batches, reported row by row and can be undone like any import. The change, its results and the replaced values are
 * files in the folder, and the user is not asked for a file.
 * @param folder where changes are kept, see {@link writeChange}
 * @throws {ToolkitError} when the store is read-only or cannot be reached
 */
export async function changeAttribute(store: Store, ids: readonly string[], views: ImportViews, folder: string): Promise<void> {
  const connection = await connectionFor(store);
  // The import asks for the confirmation that production needs. A read-only store refuses before anything is asked.
  if (store.config !== undefined) guard(store.config, 'customer.update', true);
  const { oneAttribute, sharedAttributes } = await import('../../store/transfer');
  const name = store.config?.name ?? store.name;
  const title = withoutIcons(
    plural(ids.length, 'Change {count} customer of {store}', 'Change {count} customers of {store}', { store: name }),
  );
  const attribute = await pickOne(
    sharedAttributes.map((field) => ({ label: translated(field.title), description: field.name, detail: translated(field.doc), field })),
    { title, placeHolder: t('Select the attribute to change'), matchOnDescription: true },
  );
  if (attribute === undefined) return;
  const value = await askForValue(attribute.field, connection, title);
  if (value === undefined) return;
  const { text, mapping } = oneAttribute(ids, attribute.field.name, value);
  const file = await writeChange(folder, t('Change of {attribute}', { attribute: attribute.field.name }), text);
  await views.open({ store: store.id, file }, mapping);
}

/** @returns the value as the store takes it, the empty text to clear it. `undefined` when the question was cancelled */
async function askForValue(field: Field, connection: Connection, title: string): Promise<string | undefined> {
  const choices = await choicesFor(field, connection);
  if (choices.length > 0) {
    const chosen = await pickOne(choices, {
      title,
      placeHolder: t('Select the new value of {attribute}', { attribute: translated(field.title) }),
    });
    return chosen?.value;
  }
  const clears = fieldProblem(field.name, '', 'edit', connection.dialect) === undefined;
  return await askInput({
    title,
    prompt: clears
      ? t('New value of {attribute}. Leave it empty to clear it.', { attribute: translated(field.title) })
      : t('New value of {attribute}', { attribute: translated(field.title) }),
    validateInput: (text) => fieldProblem(field.name, text.trim(), 'edit', connection.dialect),
  });
}

/** The possible values of an attribute, if they are few and known. */
async function choicesFor({ name, role }: Field, connection: Connection): Promise<readonly Choice[]> {
  const clear: readonly Choice[] =
    fieldProblem(name, '', 'edit', connection.dialect) === undefined
      ? [{ label: t('No value'), description: t('clears it'), value: '' }]
      : [];
  if (role === 'gender')
    return [{ label: t('Male'), description: '1', value: '1' }, { label: t('Female'), description: '2', value: '2' }, ...clear];
  if (role !== 'group') return [];
  // Group 0 is for visitors who are not logged in, so it is not offered for customers.
  return [...(await customerGroups(connection))]
    .filter(([id]) => id !== 0)
    .map(([id, group]) => ({ label: withoutIcons(group), description: String(id), value: String(id) }));
}
