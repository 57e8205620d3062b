import { customerEntityToCreate } from '../entities';
import { isRecord, type SoapRecord, type SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import { typedWritable, writable } from './attributes';
import { valueText, typedDialects, type Report } from './report';
import { similar, withGuess } from './similar';
import { realDate, unambiguous } from './dates';
import { checkTexts, looksLikeEmail } from './text';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps in the data of `customer.create` and `customer.update` (facts §8). */
export const dataTraps = {
  createId: {
    code: 'create-customer-id',
    severity: 'error',
    title: later('customer_id in create'),
    why: later(
      'With the ID of an existing customer, create overwrites that customer and returns its ID. With an unused ID, ' +
        'the new customer takes it and the counter jumps.',
    ),
    source: 'wire v1/110, v1/112',
  },
  createEmail: {
    code: 'create-no-email',
    severity: 'error',
    title: later('create without an e-mail'),
    why: later('It is the only attribute that the store requires: fault 100, "Customer email is required".'),
    source: 'wire v1/92',
  },
  createWebsite: {
    code: 'create-no-website',
    severity: 'warning',
    title: later('create without a website'),
    why: later('The account then belongs to website 0, the admin, where customers cannot sign in.'),
    source: 'wire v1/98, v1/99',
  },
  createPassword: {
    code: 'create-no-password',
    severity: 'hint',
    title: later('create without a password'),
    why: later('The store accepts it. The customer cannot sign in before setting a password by e-mail.'),
    source: 'facts §8',
  },
  shortPassword: {
    code: 'create-short-password',
    severity: 'error',
    title: later('A password that is too short'),
    why: later(
      'A password needs at least 7 characters, without counting leading and trailing spaces. Otherwise the store returns fault 1.',
    ),
    source: 'wire v1/100',
  },
  updateId: {
    code: 'update-customer-id',
    severity: 'warning',
    title: later('customer_id in the data of update'),
    why: later('The store ignores it there. The argument customerId selects the customer.'),
    source: 'facts §8',
  },
  updatePassword: {
    code: 'update-password',
    severity: 'error',
    title: later('password in update'),
    why: later(
      'The store returns true and leaves the password unchanged, in all dialects. V1 can write password_hash. ' +
        'Otherwise the customer must reset the password.',
    ),
    source: 'wire v1/135, v1/136',
  },
  updateNull: {
    code: 'update-null',
    severity: 'warning',
    title: later('null in update'),
    why: later('The store skips attributes that are null. An empty text clears an attribute.'),
    source: 'wire v1/140, v1/124',
  },
  updateEmail: {
    code: 'update-email-clear',
    severity: 'error',
    title: later('Clearing the e-mail'),
    why: later('The store refuses it: fault 1, "Customer email is required".'),
    source: 'wire v1/129',
  },
  updateNothing: {
    code: 'update-nothing',
    severity: 'information',
    title: later('update without data'),
    why: later('The store returns true and saves the customer unchanged. Only updated_at changes.'),
    source: 'wire v2/128',
  },
  updateWebsite: {
    code: 'update-website',
    severity: 'information',
    title: later('website_id in update'),
    why: later(
      'The store moves the account to that website without asking. The group, orders and e-mail address of the customer must fit there.',
    ),
    source: 'facts §8',
  },
  hashDropped: {
    code: 'password-hash-dropped',
    severity: 'error',
    title: later('password_hash over V2 and WS-I'),
    why: later(
      'The WSDL of V2 and WS-I cannot write password_hash, so it is dropped without a fault. In create, password works in every dialect.',
    ),
    source: 'wire v2/104, v2/105',
  },
  hashVerbatim: {
    code: 'password-hash-verbatim',
    severity: 'information',
    title: later('password_hash over V1'),
    why: later('The store saves the text without any check. A wrong hash locks the customer out.'),
    source: 'wire v1/114, v1/115',
  },
  createdAt: {
    code: 'created-at-written',
    severity: 'warning',
    title: later('created_at is written'),
    why: later('The store reads it as its local time, but lists show UTC. Copying a listed value back shifts it by the difference.'),
    source: 'wire v1/145, facts §4',
  },
  unknown: {
    code: 'data-attribute',
    severity: 'warning',
    title: later('Data with an attribute that customers do not have'),
    why: later('The store ignores attributes that it does not know, without a fault.'),
    source: 'wire v1/116, v2/106',
  },
  dropped: {
    code: 'data-attribute-dropped',
    severity: 'warning',
    title: later('Data that only V1 can write'),
    why: later('The WSDL of V2 and WS-I does not have the attribute, so it is dropped without a fault.'),
    source: 'facts §8',
  },
  notNumber: {
    code: 'data-not-number',
    severity: 'error',
    title: later('Text where a number belongs'),
    why: later('V2 and WS-I refuse the whole request ("Violation of encoding rules", HTTP 500). V1 reads it as 0.'),
    source: 'wire v2/107, facts §8',
  },
  email: {
    code: 'data-email',
    severity: 'warning',
    title: later('An e-mail that is not an address'),
    why: later('The store does not check the format and saves any text.'),
    source: 'wire v1/95, v1/128',
  },
  name: {
    code: 'data-name-empty',
    severity: 'warning',
    title: later('A customer without a name'),
    why: later('The API accepts an empty first or last name, although the shop itself refuses it.'),
    source: 'wire v1/93, v1/94, v1/130',
  },
  group: {
    code: 'data-group',
    severity: 'warning',
    title: later('A group that does not exist'),
    why: later('The store accepts and saves any number as the group.'),
    source: 'wire v1/96, v1/132',
  },
  website: {
    code: 'data-website',
    severity: 'error',
    title: later('A website that does not exist'),
    why: later('The database refuses it, and the store returns fault 1 with the text of the SQL.'),
    source: 'wire v1/97, v1/134',
  },
  store: {
    code: 'data-store',
    severity: 'error',
    title: later('A store view that does not exist'),
    why: later('The store returns fault 1 ("Invalid store code requested.").'),
    source: 'facts §8',
  },
  gender: {
    code: 'data-gender',
    severity: 'warning',
    title: later('A gender that is neither 1 nor 2'),
    why: later('The store accepts any number. Text becomes 0.'),
    source: 'facts §8',
  },
  date: {
    code: 'data-date',
    severity: 'warning',
    title: later('A date in an ambiguous format'),
    why: later(
      'PHP guesses which part is the day and which is the month. A date that it cannot read is fault 1, "Invalid ' +
        'date". PHP always reads 1980-12-31 correctly.',
    ),
    source: 'wire v1/103, v1/104',
  },
} as const satisfies Record<string, Trap>;

const numbers = new Set(customerEntityToCreate.fields.filter((field) => field.type.kind === 'int').map((field) => field.name));

/** Checks the data of `create`. */
export function checkCreate(report: Report, data: SoapValue | undefined, path: ArgPath): void {
  if (!isRecord(data) || report.opaque(data)) return;
  if (given(data['customer_id'])) {
    report.add(dataTraps.createId, [...path, 'customer_id'], t('create with a customer_id overwrites that customer if it exists.'), {
      at: 'key',
      fixes: [removal(path, 'customer_id')],
    });
  }
  if (!given(data['email']) || data['email'] === '') report.add(dataTraps.createEmail, path, t('A new customer needs an e-mail address.'));
  if (!given(data['website_id']))
    report.add(dataTraps.createWebsite, path, t('Without website_id, the account is created on the admin website 0.'));
  if (!given(data['password']) && !given(data['password_hash']))
    report.add(dataTraps.createPassword, path, t('The new customer has no password.'));
  const password = data['password'];
  if (typeof password === 'string' && !report.opaque(password) && [...password.trim()].length < 7) {
    report.add(dataTraps.shortPassword, [...path, 'password'], t('The password has fewer than 7 characters.'));
  }
  for (const name of ['firstname', 'lastname'])
    if (!given(data[name])) report.add(dataTraps.name, path, t('The new customer has no {name}.', { name }), { severity: 'information' });
  checkCommon(report, data, path);
}

/** Checks the data of `update`. */
export function checkUpdate(report: Report, data: SoapValue | undefined, path: ArgPath): void {
  if (!isRecord(data) || report.opaque(data)) return;
  if (Object.keys(data).length === 0) report.add(dataTraps.updateNothing, path, t('There is nothing to change.'));
  if ('customer_id' in data)
    report.add(dataTraps.updateId, [...path, 'customer_id'], t('customer_id in the data is ignored.'), {
      at: 'key',
      fixes: [removal(path, 'customer_id')],
    });
  if ('password' in data) {
    report.add(dataTraps.updatePassword, [...path, 'password'], t('update returns true and ignores the password.'), {
      at: 'key',
      fixes: [removal(path, 'password')],
    });
  }
  for (const [name, value] of Object.entries(data)) {
    if (value !== null || name === 'password' || name === 'customer_id') continue;
    const clear: ArgFix = {
      title: t('Clear it with an empty text'),
      edits: [{ kind: 'set', path: [...path, name], value: '' }],
      certain: false,
    };
    report.add(dataTraps.updateNull, [...path, name], t('null leaves {name} unchanged.', { name }), {
      fixes: [...(name === 'email' ? [] : [clear]), removal(path, name)],
    });
  }
  if (data['email'] === '')
    report.add(dataTraps.updateEmail, [...path, 'email'], t('The e-mail address of a customer cannot be cleared.'), {
      fixes: [removal(path, 'email')],
    });
  if (given(data['website_id']))
    report.add(dataTraps.updateWebsite, [...path, 'website_id'], t('This moves the account to another website.'), { at: 'key' });
  checkCommon(report, data, path);
}

/** Checks that `create` and `update` share. */
function checkCommon(report: Report, data: SoapRecord, path: ArgPath): void {
  for (const [name, value] of Object.entries(data)) {
    const at = [...path, name];
    checkAttribute(report, name, at, data);
    if (value === null || report.opaque(value)) continue;
    checkNumber(report, name, value, at);
    checkMeaning(report, name, value, at);
  }
  checkTexts(report, data, path);
}

function checkAttribute(report: Report, name: string, at: ArgPath, data: SoapRecord): void {
  if (name === 'password_hash') {
    const fixes = [removal(at.slice(0, -1), name)];
    report.add(dataTraps.hashDropped, at, t('V2 and WS-I drop password_hash.'), { at: 'key', dialects: typedDialects, fixes });
    if (report.over('v1') && report.dialect !== undefined)
      report.add(dataTraps.hashVerbatim, at, t('The store saves the hash without a check.'), { at: 'key' });
  } else if (name === 'created_at') {
    report.add(dataTraps.createdAt, at, t('The store reads created_at as its local time.'), { at: 'key', dialects: ['v1'] });
    report.add(dataTraps.dropped, at, t('V2 and WS-I drop created_at.'), {
      at: 'key',
      dialects: typedDialects,
      fixes: [removal(at.slice(0, -1), name)],
    });
  } else if (!writable.has(name) && report.knowledge.attributes?.includes(name) !== true) {
    const meant = similar(name, typedWritable);
    const fixes: ArgFix[] =
      meant === undefined || Object.hasOwn(data, meant)
        ? []
        : [
            {
              title: t('Change to {meant}', { meant }),
              edits: [{ kind: 'rename', path: at, to: meant }],
              certain: meant.toLowerCase() === name.toLowerCase(),
            },
          ];
    report.add(
      dataTraps.unknown,
      at,
      withGuess(t('"{name}" is not a known customer attribute and will be ignored.', { name }), fixes.length > 0 ? meant : undefined),
      { at: 'key', fixes },
    );
  } else if (!typedWritable.has(name)) {
    report.add(dataTraps.dropped, at, t('V2 and WS-I drop {name}.', { name }), {
      at: 'key',
      dialects: typedDialects,
      fixes: [removal(at.slice(0, -1), name)],
    });
  }
}

function checkNumber(report: Report, name: string, value: SoapValue, at: ArgPath): void {
  if (!numbers.has(name) || (typeof value === 'number' && Number.isInteger(value)) || value === '') return;
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return;
  report.add(dataTraps.notNumber, at, t('{name} is a number; {value} is not one.', { name, value: valueText(value, name) }));
}

function checkMeaning(report: Report, name: string, value: SoapValue, at: ArgPath): void {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : undefined;
  const { groups, websites, stores } = report.knowledge;
  switch (name) {
    case 'email':
      if (typeof value === 'string' && value !== '' && !looksLikeEmail(value.trim()))
        report.add(dataTraps.email, at, t('{value} is not an e-mail address, but the store would save it.', { value: valueText(value) }));
      return;
    case 'firstname':
    case 'lastname':
      if (value === '') report.add(dataTraps.name, at, t('{name} is empty, and the store would save it.', { name }));
      return;
    case 'group_id':
      if (number !== undefined && groups !== undefined && !groups.includes(number))
        report.add(dataTraps.group, at, t('There is no customer group {number}.', { number }));
      else if (number === 0)
        report.add(dataTraps.group, at, t('Group 0 is for customers who are not signed in.'), { severity: 'information' });
      return;
    case 'website_id':
      checkPlace(report, dataTraps.website, { scope: 'website', number, known: websites }, at);
      return;
    case 'store_id':
      checkPlace(report, dataTraps.store, { scope: 'store', number, known: stores }, at);
      return;
    case 'gender':
      if (number !== undefined && number !== 1 && number !== 2)
        report.add(dataTraps.gender, at, t('Gender is 1 (male) or 2 (female). The store would save {number}.', { number }));
      return;
    case 'dob':
      if (typeof value === 'string' && value !== '') checkDate(report, value, at);
  }
}

function checkPlace(
  report: Report,
  trap: Trap,
  {
    scope,
    number,
    known,
  }: { readonly scope: 'website' | 'store'; readonly number: number | undefined; readonly known: readonly number[] | undefined },
  at: ArgPath,
): void {
  if (number === undefined || known === undefined || known.includes(number)) return;
  if (report.knowledge.seenOnly !== true)
    report.add(
      trap,
      at,
      scope === 'website' ? t('There is no website {number}.', { number }) : t('There is no store view {number}.', { number }),
    );
  // Every shop has website 0 and store view 0 for its administration.
  else if (number !== 0)
    report.add(
      trap,
      at,
      scope === 'website'
        ? t('None of the customers read so far is on website {number}. Does the website exist?', { number })
        : t('None of the customers read so far has store view {number}. Does the store view exist?', { number }),
      { severity: 'information' },
    );
}

function checkDate(report: Report, text: string, at: ArgPath): void {
  if (/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/.test(text) && realDate(text.slice(0, 10))) return;
  const parts = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*$/.exec(text);
  const clear = parts === null ? undefined : unambiguous(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  const fixes: ArgFix[] =
    clear === undefined
      ? []
      : [{ title: t('Write it as {date}', { date: clear }), edits: [{ kind: 'set', path: at, value: clear }], certain: true }];
  report.add(dataTraps.date, at, t('{text} may be refused or misread as a date.', { text: valueText(text) }), {
    severity: /\d/.test(text) ? 'warning' : 'error',
    fixes,
  });
}

function given(value: SoapValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function removal(path: ArgPath, name: string): ArgFix {
  return { title: t('Remove {name}', { name }), edits: [{ kind: 'remove', path: [...path, name] }], certain: true };
}
