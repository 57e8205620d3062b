import { ToolkitError } from '../../api/errors';
import { quotedValue } from '../../api/secrets';
import { isRecord, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { customerMatches, type Match } from '../../api/rest-attributes';
import { unwritableOverRest, type Purpose } from '../../api/rest-limits';
import { t } from '../../l10n/texts';

const byName = new Map(customerMatches.map((match) => [match.soap, match]));

/**
 * Attributes under SOAP's names as a body for REST. Attributes that REST cannot write are refused: it would ignore them without an error.
 * @throws {ToolkitError} of kind `input`: `rest-unsaid` for an attribute that cannot be written, `argument-type` for a value
 */
export function customerBody(data: SoapValue | undefined, purpose: Purpose): SoapRecord {
  if (!isRecord(data)) throw new ToolkitError('input', { code: 'argument-type', what: t('"customerData" must be a map of attributes.') });
  const body: MutableRecord = {};
  for (const [name, value] of Object.entries(data)) {
    const why = unwritableOverRest(name, purpose);
    if (why !== undefined) {
      throw new ToolkitError('input', {
        code: 'rest-unsaid',
        what: t('{name} cannot be written over REST in a customer.{purpose}, so nothing was sent.', { name, purpose }),
        why,
        next: t('Leave out {name}, or use SOAP if it is turned on in the shop.', { name }),
      });
    }
    if (name === 'email' && purpose === 'update' && (value === '' || value === null))
      throw wrongValue(
        t('"{name}" must be an e-mail address, but is {given}. REST would keep the current one and report no error.', names(name, value)),
      );
    const match = byName.get(name);
    body[match?.rest ?? name] = match === undefined ? plainText(name, value) : written(match, value);
  }
  return body;
}

function written({ soap, writing }: Match, value: SoapValue): SoapValue {
  // REST reads null as "not sent".
  const given = value ?? '';
  switch (writing) {
    case 'int': {
      const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
      if (given === '' && soap === 'gender') return 0;
      if (typeof number === 'number' && Number.isInteger(number)) return number;
      throw wrongValue(t('"{name}" must be a whole number, but is {given}.', names(soap, value)));
    }
    case 'flag': {
      const flag = typeof given === 'object' ? undefined : flags.get(String(given));
      if (flag === undefined) throw wrongValue(t('"{name}" must be yes or no, but is {given}.', names(soap, value)));
      return flag;
    }
    case 'day': {
      const day = typeof given === 'string' ? /^(?:(\d{4}-\d{2}-\d{2})(?:[ T]00:00:00)?)?$/.exec(given) : null;
      if (day === null) throw wrongValue(t('"{name}" must be a date such as 1990-12-31, but is {given}.', names(soap, value)));
      return day[1] ?? '';
    }
    case 'text':
      return plainText(soap, given);
    case 'lines':
    case 'id':
      throw wrongValue(t('"{name}" must be left out, but is {given}.', names(soap, value)));
  }
}

function plainText(name: string, value: SoapValue): string {
  if (typeof value === 'object') throw wrongValue(t('"{name}" must be text, but is {given}.', names(name, value)));
  return String(value);
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
  ['', false],
]);

function names(name: string, value: SoapValue): { readonly name: string; readonly given: string } {
  return { name, given: quotedValue(name, value, 80) };
}

function wrongValue(what: string): ToolkitError {
  return new ToolkitError('input', { code: 'argument-type', what });
}
