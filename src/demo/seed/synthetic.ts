import { addressSchema, at, customerSchema, indexOf, type AddressRow, type Row, type Values } from '../data/attributes';
import { utcText } from '../data/dates';
import { regionName } from '../data/regions';
import type { Stock, StoreView } from '../data/shop';
import { companies, regions, type Region } from './people';
import { SeededRandom } from './random';

/** Synthetic customers belong to a shop that opened at this time, so their times do not depend on the day on which they are generated. */
const SHOP_OPENED_MS = Date.UTC(2024, 2, 1, 8);
/** The latest creation or change of a customer, whatever the number of customers. */
const LATEST_CHANGE_MS = Date.UTC(2026, 5, 1);
const MINUTE_MS = 60_000;
/** Longest time between the creation and the change of a customer, in minutes. */
const CHANGED_WITHIN_MINUTES = 100_000;

const noCustomer: Values = customerSchema.attributes.map(() => null);
const noAddress: Values = addressSchema.attributes.map(() => null);

/** Indexes that {@link at} does not have, because only a seed sets these attributes. */
const place = {
  prefix: indexOf(customerSchema, 'prefix'),
  middlename: indexOf(customerSchema, 'middlename'),
  suffix: indexOf(customerSchema, 'suffix'),
  dob: indexOf(customerSchema, 'dob'),
  taxvat: indexOf(customerSchema, 'taxvat'),
  token: indexOf(customerSchema, 'rp_token'),
  tokenCreated: indexOf(customerSchema, 'rp_token_created_at'),
} as const;

const addressPlace = {
  id: indexOf(addressSchema, 'customer_address_id'),
  createdAt: indexOf(addressSchema, 'created_at'),
  updatedAt: indexOf(addressSchema, 'updated_at'),
  firstname: indexOf(addressSchema, 'firstname'),
  lastname: indexOf(addressSchema, 'lastname'),
  street: indexOf(addressSchema, 'street'),
  city: indexOf(addressSchema, 'city'),
  postcode: indexOf(addressSchema, 'postcode'),
  country: indexOf(addressSchema, 'country_id'),
  region: indexOf(addressSchema, 'region'),
  regionId: indexOf(addressSchema, 'region_id'),
  telephone: indexOf(addressSchema, 'telephone'),
  company: indexOf(addressSchema, 'company'),
} as const;

const wheel: readonly Region[] = regions.flatMap((region) => Array.from({ length: region.weight }, () => region));

/** How many customers are created together. */
const BLOCK_ROWS = 500;

/** Average time between two customers in minutes, shorter in a shop with many customers. */
function paceOf(count: number): number {
  return Math.max(1, Math.min(300, Math.floor(((LATEST_CHANGE_MS - SHOP_OPENED_MS) / MINUTE_MS - CHANGED_WITHIN_MINUTES) / (count + 1))));
}

/**
 * Customers like those of real shops: names in many scripts, some without a middle name or a birthday, some unconfirmed, some companies,
 * about half with an address.
 * @param count number of customers
 * @param seed the same seed results in the same customers
 */
export function syntheticStock(count: number, seed: number, views: readonly StoreView[]): Stock {
  const shops = views.filter(({ id }) => id !== '0');
  return { customers: count, blockSize: BLOCK_ROWS, block: (index) => block(index, count, seed, shops) };
}

function* block(index: number, count: number, seed: number, shops: readonly StoreView[]): ReturnType<Stock['block']> {
  // Blocks are created in any order, so each has its own random numbers.
  const random = new SeededRandom(Math.imul(seed, 0x9e3779b1) + index);
  const pace = paceOf(count);
  const seen = index === 0 ? new Set<string>() : undefined;
  for (let id = index * BLOCK_ROWS + 1; id <= Math.min(count, (index + 1) * BLOCK_ROWS); id++) {
    const region = random.pick(wheel);
    const created = SHOP_OPENED_MS + (id * pace + random.below(pace)) * MINUTE_MS;
    const time = minuteText(created);
    const view = random.chance(0.7) ? shops[0] : random.pick(shops);
    const values = noCustomer.slice();
    values[at.id] = String(id);
    values[at.storeId] = view?.id ?? '1';
    values[at.websiteId] = view?.websiteId ?? '1';
    values[at.createdIn] = view?.name ?? null;
    values[at.createdAt] = time;
    values[at.updatedAt] = random.chance(0.5) ? time : minuteText(created + random.below(CHANGED_WITHIN_MINUTES) * MINUTE_MS);
    fillPerson(values, id, region, random, seen);
    fillAccount(values, region, time, random);
    if (random.chance(0.5)) {
      values[at.billing] = String(id);
      if (random.chance(0.8)) values[at.shipping] = String(id);
      yield { type: 'address', row: addressOf(id, id, values, region, time, random) };
    }
    yield { type: 'customer', row: { id, values } };
  }
}

function fillPerson(values: Values, id: number, region: Region, random: SeededRandom, seen: Set<string> | undefined): void {
  const isFemale = random.chance(0.5);
  const first = random.pick(isFemale ? region.female : region.male);
  const last = random.pick(region.last);
  values[at.firstname] = first;
  values[at.lastname] = last;
  const prefix = region.prefixes[isFemale ? 0 : 1];
  if (prefix !== '' && random.chance(0.4)) values[place.prefix] = prefix;
  if (random.chance(0.15)) values[place.middlename] = `${String.fromCharCode(65 + random.below(26))}.`;
  if (random.chance(0.03)) values[place.suffix] = random.pick(['Jr.', 'III', 'PhD']);
  values[at.email] = email(first, last, random.pick(region.domains), id, seen);
  if (random.chance(0.6)) values[at.gender] = isFemale ? '2' : '1';
  if (random.chance(0.45)) values[place.dob] = birthday(random.below(60 * 365));
}

function fillAccount(values: Values, region: Region, time: string, random: SeededRandom): void {
  values[at.groupId] = random.chance(0.8) ? '1' : random.chance(0.6) ? '2' : '3';
  values[at.passwordHash] = random.hash();
  if (random.chance(0.1)) values[at.confirmation] = random.hex(32);
  if (random.chance(0.2)) values[place.taxvat] = `${region.country}${100_000_000 + random.below(900_000_000)}`;
  if (random.chance(0.02)) {
    values[place.token] = random.hex(32);
    values[place.tokenCreated] = time;
  }
  values[at.disableGroupChange] = random.chance(0.05) ? '1' : '0';
}

/** An address for a customer whose values are known. */
function addressOf(id: number, customerId: number, customer: Values, region: Region, time: string, random: SeededRandom): AddressRow {
  const values = noAddress.slice();
  const [city, postcode, regionId] = random.pick(region.cities);
  const number = 1 + random.below(180);
  const street = random.pick(region.streets);
  values[addressPlace.id] = String(id);
  values[addressPlace.createdAt] = time;
  values[addressPlace.updatedAt] = time;
  values[addressPlace.firstname] = customer[at.firstname] ?? null;
  values[addressPlace.lastname] = customer[at.lastname] ?? null;
  values[addressPlace.street] =
    (region.numberFirst === true ? `${number} ${street}` : `${street} ${number}`) +
    (random.chance(0.2) ? `\nApt ${1 + random.below(40)}` : '');
  values[addressPlace.city] = city;
  values[addressPlace.postcode] = postcode;
  values[addressPlace.country] = region.country;
  if (regionId !== undefined) {
    values[addressPlace.regionId] = String(regionId);
    values[addressPlace.region] = regionName(String(regionId)) ?? null;
  }
  values[addressPlace.telephone] = `${region.phone}${two(random.below(100))}`;
  if (random.chance(0.2)) values[addressPlace.company] = random.pick(companies);
  return { id, customerId, values };
}

/** An address for a default that a seed names but does not contain, so that references to the address are valid. */
export function standInAddress(id: number, customer: Row): AddressRow {
  const time = customer.values[at.createdAt] ?? utcText(new Date(SHOP_OPENED_MS));
  const [home] = regions;
  if (home === undefined) throw new Error('There is a first region.');
  return addressOf(id, customer.id, customer.values, home, time, new SeededRandom(id));
}

const DAY_MS = 24 * 60 * MINUTE_MS;
const clock: readonly string[] = Array.from({ length: 24 * 60 }, (_, minute) => utcText(new Date(minute * MINUTE_MS)).slice(10));
const days = new Map<number, string>();

/** A full minute in the database's form, put together from cached parts, because formatting a hundred thousand dates is slow. */
function minuteText(time: number): string {
  const day = Math.floor(time / DAY_MS);
  let text = days.get(day);
  if (text === undefined) {
    text = utcText(new Date(day * DAY_MS)).slice(0, 10);
    days.set(day, text);
  }
  return text + (clock[(time - day * DAY_MS) / MINUTE_MS] ?? '');
}

const birthdays = new Map<number, string>();

/** Midnight of a day after June 1, 1945. */
function birthday(day: number): string {
  let text = birthdays.get(day);
  if (text === undefined) {
    text = utcText(new Date(Date.UTC(1945, 5, 1) + day * DAY_MS));
    birthdays.set(day, text);
  }
  return text;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

const latinNames = new Map<string, string>();

/** Latin letters of a name, in lower case. Names repeat, so the results are cached. */
function latin(name: string): string {
  let known = latinNames.get(name);
  if (known === undefined) {
    known = name
      .normalize('NFKD')
      .replace(/ß/g, 'ss')
      .replace(/[łŁ]/g, 'l')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
    latinNames.set(name, known);
  }
  return known;
}

/**
 * An e-mail made from the name. In the first block, the first customer with a name has an e-mail without an ID. All others contain their
 * ID, which makes them unique without a search. Names without Latin letters become `customer`.
 */
function email(first: string, last: string, domain: string, id: number, seen: Set<string> | undefined): string {
  const name = [latin(first), latin(last)].filter((part) => part !== '').join('.') || 'customer';
  const plain = `${name}@${domain}`;
  if (seen === undefined || seen.has(plain)) return `${name}${id}@${domain}`;
  seen.add(plain);
  return plain;
}
