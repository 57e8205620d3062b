import type { Json } from './php-json';
import { described } from './routes';

/**
 * What `/api/docs.json` says, which needs no token: the addresses of the customer family. A real store describes some 200 more, with
 * schemas; this is as much of the document as tells a client what answers here.
 */
export function openApi(hasPut: boolean): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { method, path } of described(hasPut)) {
    const parameters = path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
    paths[path] = { ...paths[path], [method.toLowerCase()]: { parameters, responses: { default: { description: 'The answer' } } } };
  }
  return { openapi: '3.1.0', info: { title: 'Maho Commerce API', version: '2.0.0' }, paths };
}
