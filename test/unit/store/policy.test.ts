import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StoreClient } from '../../../src/store/calls/client';
import { isWrite } from '../../../src/store/calls/policy';
import { summarizeWsdl } from '../../../src/soap/wsdl/wsdl';
import { tinyStore } from '../../support/tiny-store';
import { wireFile } from '../../support/wire';

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
`
  .trim()
  .split(/\s+/);

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
`
  .trim()
  .split(/\s+/);

test('every operation of a real store is known for what it does', () => {
  assert.deepEqual(
    reads.filter((method) => isWrite(method)),
    [],
    'taken for writes',
  );
  assert.deepEqual(
    writes.filter((operation) => !isWrite(operation)),
    [],
    'taken for reads',
  );
});

test('the table leaves out no operation of the recorded WSDLs', () => {
  const listed = new Set([...reads, ...writes]);
  const offered = ['wsdl-v1.xml', 'wsdl-v2.xml', 'wsdl-v2-wsi.xml'].flatMap((file) => summarizeWsdl(wireFile(file))?.operations ?? []);
  assert.ok(offered.length > 200);
  assert.deepEqual(
    offered.filter((operation) => !listed.has(operation)),
    [],
  );
});

test('the same method is judged alike by its path and by its operation', () => {
  const pairs = [
    ['order_shipment.sendInfo', 'salesOrderShipmentSendInfo'],
    ['order_shipment.getCarriers', 'salesOrderShipmentGetCarriers'],
    ['product.currentStore', 'catalogProductCurrentStore'],
    ['category.assignedProducts', 'catalogCategoryAssignedProducts'],
    ['product.listOfAdditionalAttributes', 'catalogProductListOfAdditionalAttributes'],
    ['cart_customer.addresses', 'shoppingCartCustomerAddresses'],
  ] as const;
  for (const [path, operation] of pairs) assert.equal(isWrite(path), isWrite(operation), path);
});

test('names of other modules that only end like a read are writes', () => {
  for (const name of [
    'loyaltyPointsAddInfo',
    'newsletterSendList',
    'cacheFlushTypes',
    'customerMergeInfo',
    'stockImportItems',
    'salesOrderShipmentsendInfo',
    'list',
    'info',
    'loyalty.sendInfo',
    'loyalty.List',
  ])
    assert.ok(isWrite(name), name);
  for (const name of ['loyaltyPointsList', 'customerAddressBookList', 'loyalty.info', 'newsletterSubscriberList'])
    assert.ok(!isWrite(name), name);
});

test('a path is judged by what the store does: by what stands before its second point (wire v1/160)', () => {
  for (const path of [
    'customer.delete.list',
    'customer.create.info',
    'customer.delete.',
    'loyalty.add.list',
    'customer..list',
    '.list',
    '.',
  ])
    assert.ok(isWrite(path), path);
  for (const path of ['customer.list.x', 'customer.info.delete', 'loyalty.list.add']) assert.ok(!isWrite(path), path);
});

test('a path in another case or with blanks is never taken for a read that it is not', () => {
  for (const path of [
    'Customer.Delete',
    'CUSTOMER.DELETE',
    'customer.delete ',
    ' customer.delete',
    'customer. delete',
    'customer.delete .list',
    'customer.delete\n.list',
    'CALL',
    'MultiCall',
    'CUSTOMERCUSTOMERDELETE',
  ])
    assert.ok(isWrite(path), path);
});

/** An envelope over V1 with these parts besides its session. */
const v1Envelope =
  (operation: 'call' | 'multiCall', parts: string) =>
  (session: string): string =>
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x:${operation} ` +
    `xmlns:x="urn:Maho"><sessionId>${session}</sessionId>${parts}</x:${operation}></e:Body></e:Envelope>`;

/** The ways by which a delete with more behind it could slip through as a read. */
const disguised: Readonly<Record<string, (client: StoreClient) => Promise<unknown>>> = {
  'a call': async (client) => await client.call('customer.delete.list', [1]),
  'a call by hand': async (client) => await client.call('call', { resourcePath: 'customer.delete.list', args: [1] }),
  'one of many': async (client) => await client.multiCall([{ method: 'customer.delete.list', args: [1] }]),
  'an envelope': async (client) =>
    await client.send(v1Envelope('call', '<resourcePath>customer.delete.list</resourcePath><args><item>1</item></args>')),
  'an envelope of many': async (client) =>
    await client.send(v1Envelope('multiCall', '<calls><item><item>customer.delete.list</item></item></calls>')),
  // PHP takes the first of two parts with one name.
  'an envelope with two paths': async (client) =>
    await client.send(v1Envelope('call', '<resourcePath>customer.delete</resourcePath><resourcePath>customer.list</resourcePath>')),
  'an envelope with two lists of calls': async (client) =>
    await client.send(
      v1Envelope(
        'multiCall',
        '<calls><item><item>customer.delete</item></item></calls><calls><item><item>customer.list</item></item></calls>',
      ),
    ),
  'an envelope with two bodies': async (client) =>
    await client.send((session) =>
      v1Envelope(
        'call',
        '<resourcePath>customer.delete</resourcePath>',
      )(session).replace(
        '</e:Envelope>',
        `<e:Body><x:call xmlns:x="urn:Maho"><sessionId>${session}` +
          '</sessionId><resourcePath>customer.list</resourcePath></x:call></e:Body></e:Envelope>',
      ),
    ),
};

for (const [way, send] of Object.entries(disguised)) {
  test(`a delete in disguise does not leave for a read-only store, nor unconfirmed for production: ${way}`, async (t) => {
    const store = await tinyStore(t, 'v1', () => ({ value: true }));
    const ports = { key: () => Promise.resolve('key') };
    const readOnly = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', readOnly: true }, ports);
    const production = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', environment: 'production' }, ports);
    t.after(async () => {
      await Promise.all([readOnly.close(), production.close()]);
    });
    await assert.rejects(send(readOnly), { kind: 'policy', code: 'read-only' });
    await assert.rejects(send(production), { kind: 'policy', code: 'not-confirmed' });
    assert.equal(store.requests.length, 0);
  });
}

test('a delete in disguise is not sent again when its connection is lost', async (t) => {
  let deletes = 0;
  const store = await tinyStore(t, 'v1', ({ method }) => {
    if (method !== 'customer.delete.list') return { value: true };
    deletes += 1;
    return { take: (response) => response.destroy() };
  });
  const client = new StoreClient(
    { name: 'Tiny', url: store.url, user: 'api' },
    { key: () => Promise.resolve('key'), retry: { repeats: 2, backoff: 1 } },
  );
  t.after(() => client.close());
  await assert.rejects(client.call('customer.delete.list', [1]), { code: 'connection-dropped' });
  assert.equal(deletes, 1);
});

for (const dialect of ['v2', 'wsi'] as const) {
  test(`an envelope that sends an e-mail does not leave for a read-only store over ${dialect}`, async (t) => {
    const store = await tinyStore(t, dialect, () => ({ value: true }));
    const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', readOnly: true }, { key: () => Promise.resolve('key') });
    t.after(() => client.close());
    const name = dialect === 'wsi' ? 'salesOrderShipmentSendInfoRequestParam' : 'salesOrderShipmentSendInfo';
    const envelope = (session: string): string =>
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x:${name} ` +
      `xmlns:x="urn:Maho"><sessionId>${session}</sessionId><shipmentIncrementId>1</shipmentIncrementId></x:${name}` +
      '></e:Body></e:Envelope>';
    await assert.rejects(client.send(envelope), { kind: 'policy', code: 'read-only' });
    await assert.rejects(client.call('salesOrderShipmentSendInfo', { shipmentIncrementId: '1' }), { kind: 'policy', code: 'read-only' });
    assert.equal(store.requests.length, 0);
  });
}
