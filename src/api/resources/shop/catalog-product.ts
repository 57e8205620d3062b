import { later } from '../../../l10n/texts';
import { arrayOfString, associativeEntity, filtersType } from '../../entities';
import type { Argument } from '../../method';
import { double, entity, int, list, string } from '../../types';
import type { Resource } from '../resource';
import { fieldsOf, textFields } from './fields';

const inList = entity('catalogProductEntity', [
  ...textFields('product_id sku name set type', true),
  ...fieldsOf({ category_ids: arrayOfString, website_ids: arrayOfString }, true),
]);

const tierPrice = entity('catalogProductTierPriceEntity', [
  ...textFields('customer_group_id website'),
  ...fieldsOf({ qty: int, price: double }),
]);

const product = entity('catalogProductReturnEntity', [
  ...textFields('product_id sku set type'),
  ...fieldsOf({ categories: arrayOfString, websites: arrayOfString }),
  ...textFields('created_at updated_at type_id name description short_description weight status url_key url_path visibility'),
  ...fieldsOf({ category_ids: arrayOfString, website_ids: arrayOfString }),
  ...textFields('has_options gift_message_available price special_price special_from_date special_to_date tax_class_id'),
  ...fieldsOf({ tier_price: list('catalogProductTierPriceEntityArray', tierPrice) }),
  ...textFields('meta_title meta_keyword meta_description custom_design custom_layout_update options_container'),
  ...fieldsOf({ additional_attributes: list('associativeArray', associativeEntity) }),
]);

const wantedAttributes = entity(
  'catalogProductRequestAttributes',
  fieldsOf({ attributes: arrayOfString, additional_attributes: arrayOfString }),
);

/** WS-I has a different name for it than V2. */
const storeView: Argument = {
  name: 'storeView',
  wsiName: 'store',
  type: string,
  doc: later('Store view, by its ID or code.'),
  optional: true,
};

/** Products. The demo store has a few. */
export const catalogProduct: Resource = {
  name: 'catalog_product',
  prefix: 'catalogProduct',
  aliases: ['product'],
  words: { one: later('product'), many: later('products') },
  storeTitle: 'Product API',
  entity: inList,
  idField: 'product_id',
  labelField: 'sku',
  faults: [
    { code: '100', meaning: 'store', message: 'Requested store view not found.', doc: later('There is no such store view.') },
    { code: '101', meaning: 'missing', message: 'Product not exists.', doc: later('There is no product with this ID or SKU.') },
    { code: '102', meaning: 'data', message: 'Invalid data given. Details in error message.', doc: later('The product data was refused.') },
    {
      code: '103',
      meaning: 'not-deleted',
      message: 'Product not deleted. Details in error message.',
      doc: later('The product could not be deleted.'),
    },
    { code: '104', meaning: 'other', message: 'Product type is not in allowed types.', doc: later('There is no such product type.') },
    { code: '105', meaning: 'other', message: 'Product attribute set is not existed', doc: later('There is no such attribute set.') },
    {
      code: '106',
      meaning: 'other',
      message: 'Product attribute set is not belong catalog product entity type',
      doc: later('The attribute set is not for products.'),
    },
    {
      code: '107',
      meaning: 'other',
      message: 'Quantity of product IDs and product data should match. No changes made.',
      doc: later('The number of IDs and of data entries differs.'),
    },
    {
      code: '108',
      meaning: 'other',
      message: 'There was an error during one or more products update. See error log for details.',
      doc: later('One of several products could not be saved.'),
    },
  ],
  operations: {
    list: {
      access: 'read',
      right: 'catalog/product/info',
      title: later('Retrieve products list by filters'),
      doc: later('Returns every product that matches the filters.'),
      args: [{ name: 'filters', type: filtersType, doc: later('Conditions on attributes.'), optional: true, check: 'filters' }, storeView],
      result: { type: list('catalogProductEntityArray', inList), part: 'storeView', doc: later('The products.') },
      faults: ['store'],
    },
    info: {
      access: 'read',
      right: 'catalog/product/info',
      title: later('Retrieve product'),
      doc: later('Returns one product.'),
      args: [
        { name: 'productId', type: string, doc: later('ID or SKU of the product.') },
        storeView,
        { name: 'attributes', type: wantedAttributes, doc: later('Attributes to return.'), optional: true },
        { name: 'identifierType', type: string, doc: later('sku if productId is a SKU.'), optional: true },
      ],
      result: { type: product, part: 'info', doc: later('The product.') },
      faults: ['store', 'missing'],
    },
  },
  demo: { phpClass: 'Mage_Catalog_Model_Product_Api', rows: [] },
};
