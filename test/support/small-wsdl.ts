import type { SoapDialect } from '../../src/api/dialect';

/**
 * The smallest WSDL from which a dialect, a namespace and operations can be detected. By default, the operations are those of Maho 26.7.
 */
export function smallWsdl(
  dialect: SoapDialect,
  { namespace = 'urn:Maho', more = ['mahoInfo'] }: { namespace?: string; more?: readonly string[] } = {},
): string {
  const operations =
    dialect === 'v1'
      ? ['login', 'endSession', 'call', 'multiCall', 'resources']
      : ['login', 'endSession', 'resources', 'customerCustomerList', ...more];
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="${namespace}">
  <wsdl:binding name="Binding" type="Port">
    <soap:binding style="${dialect === 'wsi' ? 'document' : 'rpc'}" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${operations.map((name) => `<wsdl:operation name="${name}"/>`).join('')}
  </wsdl:binding>
  <wsdl:service name="Service"/>
</wsdl:definitions>
`;
}
