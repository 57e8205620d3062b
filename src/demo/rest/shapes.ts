import type { Generation } from '../../api/generations';
import { addressSchema, at, customerSchema, indexOf, valueOf, type AddressRow, type Row } from '../data/attributes';
import { shownTime } from '../data/dates';
import type { Shop } from '../data/shop';
import type { Thing } from './answer';
import type { Json } from './php-json';

/** The context for building response objects. */
export interface ShapeContext {
  readonly shop: Shop;
  readonly generation: Generation;
}

/**
 * The form of a customer in a response. Only a customer read by its ID has addresses, and its creation time in the store's time zone (wire
 * maho-26.7 rest/027, 086).
 */
export type CustomerForm = 'list' | 'single' | 'written';

type Fields = Record<string, Json | undefined>;

/** A customer as REST returns it. Fields without a value are left out. */
export function customerThing(context: ShapeContext, row: Row, form: CustomerForm): Thing {
  const value = (code: string): string | undefined => of(row, code);
  const number = (code: string): number | undefined => numberOf(value(code));
  const names = [value('firstname'), value('lastname')].map((name) => name ?? '');
  return {
    type: 'Customer',
    fields: {
      id: row.id,
      email: value('email') ?? '',
      firstname: value('firstname'),
      lastname: value('lastname'),
      prefix: value('prefix'),
      middlename: value('middlename'),
      suffix: value('suffix'),
      gender: number('gender') === 0 ? undefined : number('gender'),
      dob: value('dob')?.slice(0, DATE_CHARS),
      taxvat: value('taxvat'),
      fullName: names.join(' ').trim(),
      isSubscribed: false,
      groupId: number('group_id'),
      isActive: number('is_active') !== 0,
      websiteId: number('website_id') ?? 0,
      storeId: number('store_id') ?? 0,
      createdIn: value('created_in'),
      disableAutoGroupChange: number('disable_auto_group_change') === 1,
      isConfirmed: value('confirmation') === undefined,
      ...addressesOf(context, row, form),
      createdAt: form === 'single' ? local(context, value('created_at')) : value('created_at'),
      updatedAt: value('updated_at'),
    },
  };
}

/** Length of a date without its time, in characters. */
const DATE_CHARS = 10;

function addressesOf({ shop }: ShapeContext, row: Row, form: CustomerForm): Fields {
  const [billing, shipping] = [at.billing, at.shipping].map((place) => numberOf(row.values[place] ?? undefined));
  const own = form === 'written' ? [] : shop.addresses.ofCustomer(row.id);
  const shown = (id: number | undefined, flags: readonly Flag[]): Json | undefined => {
    const address = own.find((one) => one.id === id);
    return address === undefined ? undefined : embedded(address, flags);
  };
  if (form === 'list') return { defaultBillingAddress: shown(billing, ['isDefaultBilling']), addresses: [] };
  const flagsOf = (id: number): readonly Flag[] => [
    ...(id === billing ? (['isDefaultBilling'] as const) : []),
    ...(id === shipping ? (['isDefaultShipping'] as const) : []),
  ];
  return {
    defaultBillingAddress: billing === undefined ? undefined : shown(billing, flagsOf(billing)),
    defaultShippingAddress: shipping === undefined ? undefined : shown(shipping, flagsOf(shipping)),
    addresses: own.map((address) => embedded(address, flagsOf(address.id))),
  };
}

type Flag = 'isDefaultBilling' | 'isDefaultShipping';

/** Name of the JSON-LD type of an address inside a customer; see `written.ts`. */
export const ADDRESS_TYPE_KEY = '@type';

function embedded(address: AddressRow, flags: readonly Flag[]): Fields {
  return {
    [ADDRESS_TYPE_KEY]: 'Address',
    ...addressFields(address, of(address, 'created_at', addressSchema)),
    ...Object.fromEntries(flags.map((flag) => [flag, true])),
    extensions: [],
  };
}

/** An address as a response of its own. When it is read by its ID, its creation time is in the store's time zone. */
export function addressThing(context: ShapeContext, address: AddressRow, form: CustomerForm): Thing {
  const customer = context.shop.customers.get(address.customerId);
  const createdAt = of(address, 'created_at', addressSchema);
  return {
    type: 'Address',
    fields: {
      ...addressFields(address, form === 'single' ? local(context, createdAt) : createdAt),
      isDefaultBilling: customer?.values[at.billing] === String(address.id),
      isDefaultShipping: customer?.values[at.shipping] === String(address.id),
    },
  };
}

function addressFields(address: AddressRow, createdAt: string | undefined): Fields {
  const value = (code: string): string | undefined => of(address, code, addressSchema);
  return {
    id: address.id,
    customerId: address.customerId,
    prefix: value('prefix'),
    firstname: value('firstname') ?? '',
    middlename: value('middlename'),
    lastname: value('lastname') ?? '',
    suffix: value('suffix'),
    company: value('company'),
    street: (value('street') ?? '').split('\n'),
    city: value('city') ?? '',
    region: value('region'),
    regionId: numberOf(value('region_id')),
    postcode: value('postcode') ?? '',
    countryId: value('country_id') ?? '',
    telephone: value('telephone') ?? '',
    fax: value('fax'),
    vatId: value('vat_id'),
    createdAt,
    updatedAt: value('updated_at'),
  };
}

function of(row: Row, code: string, schema = customerSchema): string | undefined {
  const attribute = schema.attributes[indexOf(schema, code)];
  return attribute === undefined ? undefined : (valueOf(row, attribute) ?? undefined);
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function local({ shop, generation }: ShapeContext, utc: string | undefined): string | undefined {
  return utc === undefined ? undefined : shownTime(utc, { timeZone: shop.config.timeZone, generation });
}
