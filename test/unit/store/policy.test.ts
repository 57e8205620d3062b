import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreClient } from '../../../src/store/client';
import { isWrite } from '../../../src/store/policy';
import { summarizeWsdl } from '../../../src/soap/wsdl';
import { tinyStore } from '../../support/tiny-store';
import { wireFile, wireSkip } from '../../support/wire';

/** Operations of a real store that change nothing, and those that do, by its three WSDLs. */
const reads = `
  catalogCategoryAssignedProducts catalogCategoryAttributeCurrentStore catalogCategoryAttributeList catalogCategoryAttributeOptions catalogCategoryCurrentStore catalogCategoryInfo
  catalogCategoryLevel catalogCategoryTree catalogInventoryStockItemList catalogProductAttributeCurrentStore catalogProductAttributeInfo catalogProductAttributeList
  catalogProductAttributeMediaCurrentStore catalogProductAttributeMediaInfo catalogProductAttributeMediaList catalogProductAttributeMediaTypes catalogProductAttributeOptions
  catalogProductAttributeSetList catalogProductAttributeTierPriceInfo catalogProductAttributeTypes catalogProductCurrentStore catalogProductCustomOptionInfo
  catalogProductCustomOptionList catalogProductCustomOptionTypes catalogProductCustomOptionValueInfo catalogProductCustomOptionValueList catalogProductDownloadableLinkList
  catalogProductGetSpecialPrice catalogProductInfo catalogProductLinkAttributes catalogProductLinkList catalogProductLinkTypes catalogProductList
  catalogProductListOfAdditionalAttributes catalogProductTagInfo catalogProductTagList catalogProductTypeList customerAddressInfo customerAddressList customerCustomerInfo
  customerCustomerList customerGroupList directoryCountryList directoryRegionList endSession globalFaults login magentoInfo mahoInfo resourceFaults resources salesOrderCreditmemoInfo
  salesOrderCreditmemoList salesOrderInfo salesOrderInvoiceInfo salesOrderInvoiceList salesOrderList salesOrderShipmentGetCarriers salesOrderShipmentInfo salesOrderShipmentList
  shoppingCartInfo shoppingCartLicense shoppingCartPaymentList shoppingCartProductList shoppingCartShippingList shoppingCartTotals startSession storeInfo storeList
`.trim().split(/\s+/);

const writes = `
  call catalogCategoryAssignProduct catalogCategoryCreate catalogCategoryDelete catalogCategoryMove catalogCategoryRemoveProduct catalogCategoryUpdate catalogCategoryUpdateProduct
  catalogInventoryStockItemMultiUpdate catalogInventoryStockItemUpdate catalogProductAttributeAddOption catalogProductAttributeCreate catalogProductAttributeMediaCreate
  catalogProductAttributeMediaRemove catalogProductAttributeMediaUpdate catalogProductAttributeRemove catalogProductAttributeRemoveOption catalogProductAttributeSetAttributeAdd
  catalogProductAttributeSetAttributeRemove catalogProductAttributeSetCreate catalogProductAttributeSetGroupAdd catalogProductAttributeSetGroupRemove
  catalogProductAttributeSetGroupRename catalogProductAttributeSetRemove catalogProductAttributeTierPriceUpdate catalogProductAttributeUpdate catalogProductCreate
  catalogProductCustomOptionAdd catalogProductCustomOptionRemove catalogProductCustomOptionUpdate catalogProductCustomOptionValueAdd catalogProductCustomOptionValueRemove
  catalogProductCustomOptionValueUpdate catalogProductDelete catalogProductDownloadableLinkAdd catalogProductDownloadableLinkRemove catalogProductLinkAssign catalogProductLinkRemove
  catalogProductLinkUpdate catalogProductMultiUpdate catalogProductSetSpecialPrice catalogProductTagAdd catalogProductTagRemove catalogProductTagUpdate catalogProductUpdate
  customerAddressCreate customerAddressDelete customerAddressUpdate customerCustomerCreate customerCustomerDelete customerCustomerUpdate giftMessageSetForQuote
  giftMessageSetForQuoteItem giftMessageSetForQuoteProduct multiCall salesOrderAddComment salesOrderCancel salesOrderCreditmemoAddComment salesOrderCreditmemoCancel
  salesOrderCreditmemoCreate salesOrderHold salesOrderInvoiceAddComment salesOrderInvoiceCancel salesOrderInvoiceCapture salesOrderInvoiceCreate salesOrderInvoiceVoid
  salesOrderShipmentAddComment salesOrderShipmentAddTrack salesOrderShipmentCreate salesOrderShipmentRemoveTrack salesOrderShipmentSendInfo salesOrderUnhold shoppingCartCouponAdd
  shoppingCartCouponRemove shoppingCartCreate shoppingCartCustomerAddresses shoppingCartCustomerSet shoppingCartOrder shoppingCartPaymentMethod shoppingCartProductAdd
  shoppingCartProductMoveToCustomerQuote shoppingCartProductRemove shoppingCartProductUpdate shoppingCartShippingMethod
`.trim().split(/\s+/);

test('every operation of a real store is known for what it does', () => {
  assert.deepEqual(reads.filter(isWrite), [], 'taken for writes');
  assert.deepEqual(writes.filter((operation) => !isWrite(operation)), [], 'taken for reads');
});

test('the table leaves out no operation of the recorded WSDLs', { skip: wireSkip }, () => {
  const listed = new Set([...reads, ...writes]);
  const offered = ['wsdl-v1.xml', 'wsdl-v2.xml', 'wsdl-v2-wsi.xml'].flatMap((file) => summarizeWsdl(wireFile(file))?.operations ?? []);
  assert.ok(offered.length > 200);
  assert.deepEqual(offered.filter((operation) => !listed.has(operation)), []);
});

test('the same method is judged alike by its path and by its operation', () => {
  const pairs = [
    ['order_shipment.sendInfo', 'salesOrderShipmentSendInfo'], ['order_shipment.getCarriers', 'salesOrderShipmentGetCarriers'], ['product.currentStore', 'catalogProductCurrentStore'],
    ['category.assignedProducts', 'catalogCategoryAssignedProducts'], ['product.listOfAdditionalAttributes', 'catalogProductListOfAdditionalAttributes'], ['cart_customer.addresses', 'shoppingCartCustomerAddresses'],
  ] as const;
  for (const [path, operation] of pairs) assert.equal(isWrite(path), isWrite(operation), path);
});

test('names of other modules that only end like a read are writes', () => {
  for (const name of ['loyaltyPointsAddInfo', 'newsletterSendList', 'cacheFlushTypes', 'customerMergeInfo', 'stockImportItems', 'salesOrderShipmentsendInfo', 'list', 'info', 'loyalty.sendInfo', 'loyalty.List']) assert.ok(isWrite(name), name);
  for (const name of ['loyaltyPointsList', 'customerAddressBookList', 'loyalty.info', 'newsletterSubscriberList']) assert.ok(!isWrite(name), name);
});

for (const dialect of ['v2', 'wsi'] as const) {
  test(`an envelope that sends an e-mail does not leave for a read-only store over ${dialect}`, async (t) => {
    const store = await tinyStore(t, dialect, () => ({ value: true }));
    const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', readOnly: true }, { key: () => Promise.resolve('key') });
    t.after(() => client.close());
    const name = dialect === 'wsi' ? 'salesOrderShipmentSendInfoRequestParam' : 'salesOrderShipmentSendInfo';
    const envelope = (session: string): string => `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x:${name} xmlns:x="urn:Maho"><sessionId>${session}</sessionId><shipmentIncrementId>1</shipmentIncrementId></x:${name}></e:Body></e:Envelope>`;
    await assert.rejects(client.send(envelope), { kind: 'policy', code: 'read-only' });
    await assert.rejects(client.call('salesOrderShipmentSendInfo', { shipmentIncrementId: '1' }), { kind: 'policy', code: 'read-only' });
    assert.equal(store.requests.length, 0);
  });
}
