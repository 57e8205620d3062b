/** Namespaces of SOAP messages. A store's own target namespace is not here: it comes from its WSDL (facts §1). */
export const ns = {
  envelope11: 'http://schemas.xmlsoap.org/soap/envelope/',
  envelope12: 'http://www.w3.org/2003/05/soap-envelope',
  encoding: 'http://schemas.xmlsoap.org/soap/encoding/',
  encoding12: 'http://www.w3.org/2003/05/soap-encoding',
  /** `rpc:result` of SOAP 1.2, which names the part that holds the result. */
  rpc12: 'http://www.w3.org/2003/05/soap-rpc',
  xsd: 'http://www.w3.org/2001/XMLSchema',
  xsd1999: 'http://www.w3.org/1999/XMLSchema',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  /** Apache's Map, which PHP uses for associative arrays. */
  apache: 'http://xml.apache.org/xml-soap',
  wsdl: 'http://schemas.xmlsoap.org/wsdl/',
  wsdlSoap: 'http://schemas.xmlsoap.org/wsdl/soap/',
} as const;
