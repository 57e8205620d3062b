import type { Json } from './php-json';
import { described } from './routes';

/**
 * The content of `/api/docs.json`, which can be read without a token: the addresses of the customer family. A real store describes some 200
 * more, with schemas. This part of the document is enough to tell a client which addresses exist here.
 */
export function openApi(hasPut: boolean): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { method, path } of described(hasPut)) {
    const parameters = path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : [];
    paths[path] = { ...paths[path], [method.toLowerCase()]: { parameters, responses: { default: { description: 'The answer' } } } };
  }
  return { openapi: '3.1.0', info: { title: 'Maho Commerce API', version: '2.0.0' }, paths };
}
