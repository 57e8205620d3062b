import { catalogue, type Method } from '../../api/catalogue';
import { groupEntityArray } from '../../api/entities';
import * as address from './address';
import type { Operation } from './answer';
import * as customer from './customer';

/** A method of the catalogue with the code that carries it out. */
export interface DemoMethod {
  readonly method: Method;
  readonly run: Operation;
  /** PHP method behind it, which the store's own errors name. */
  readonly php: string;
  /** Arguments that PHP insists on. */
  readonly required: number;
}

const groupList: Operation = ({ shop, generation, dialect }) => ({
  kind: 'value',
  value: shop.config.groups.map(({ id, code }) => ({ customer_group_id: dialect === 'v1' && generation.v1Numbers === 'int' ? Number(id) : id, customer_group_code: code })),
  type: groupEntityArray,
});

const code: Readonly<Record<(typeof catalogue)[number]['id'], readonly [Operation, php: string, required: number]>> = {
  'customer.list': [customer.list, 'Mage_Customer_Model_Customer_Api::items', 1],
  'customer.create': [customer.create, 'Mage_Customer_Model_Customer_Api::create', 1],
  'customer.info': [customer.info, 'Mage_Customer_Model_Customer_Api::info', 1],
  'customer.update': [customer.update, 'Mage_Customer_Model_Customer_Api::update', 2],
  'customer.delete': [customer.remove, 'Mage_Customer_Model_Customer_Api::delete', 1],
  'customer_group.list': [groupList, 'Mage_Customer_Model_Group_Api::items', 0],
  'customer_address.list': [address.list, 'Mage_Customer_Model_Address_Api::items', 1],
  'customer_address.create': [address.create, 'Mage_Customer_Model_Address_Api::create', 2],
  'customer_address.info': [address.info, 'Mage_Customer_Model_Address_Api::info', 1],
  'customer_address.update': [address.update, 'Mage_Customer_Model_Address_Api::update', 2],
  'customer_address.delete': [address.remove, 'Mage_Customer_Model_Address_Api::delete', 1],
};

const methods: ReadonlyMap<string, DemoMethod> = new Map(
  catalogue.flatMap((method) => {
    const [run, php, required] = code[method.id];
    const demo: DemoMethod = { method, run, php, required };
    return [[method.id, demo] as const, [method.operation, demo] as const];
  }),
);

/** Finds a method by its path or its V2 operation. */
export function findDemoMethod(name: string): DemoMethod | undefined {
  return methods.get(name);
}
