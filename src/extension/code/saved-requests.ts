import type * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, setKey, type MutableRecord, type SoapValue } from '../../api/value';
import type { RequestFile, Resolver, SavedRequest } from '../../requests';
import { escapeAttribute, escapeText } from '../../soap/xml/text';
import { MASK, maskXml } from '../../store/masking/mask';
import type { Call } from '../calls/outcome';
import type { Store } from '../stores/store';

/** A request of a file, with the parts of the file that it needs. */
export interface OpenRequest {
  readonly file: vscode.Uri;
  readonly name: string;
  readonly method: string | undefined;
  /** Name of the store that the file is for. */
  readonly store: string | undefined;
  readonly request: SavedRequest;
  readonly variables: Readonly<Record<string, SoapValue>>;
}

/** The requests of a document. */
export interface DocumentRequests {
  readonly all: readonly OpenRequest[];
  readonly at: (offset: number) => OpenRequest | undefined;
}

/** Reads the requests of a document. `undefined` when it is not a request file. */
export async function readRequests(document: vscode.TextDocument): Promise<DocumentRequests | undefined> {
  if (!document.fileName.endsWith('.maho.json')) return undefined;
  const { parseRequestFile, requestAt, variablesOf } = await import('../../requests');
  const file = parseRequestFile(document.getText());
  const variables = variablesOf(file);
  const all = file.all.map((request) => opened(document.uri, file, request, variables));
  return {
    all,
    at: (offset) => {
      const place = requestAt(file, offset);
      return place === undefined ? undefined : all[file.all.indexOf(place.request)];
    },
  };
}

/** A request with the parts of its file that it needs. */
export async function openRequest(uri: vscode.Uri, file: RequestFile, request: SavedRequest): Promise<OpenRequest> {
  const { variablesOf } = await import('../../requests');
  return opened(uri, file, request, variablesOf(file));
}

function opened(uri: vscode.Uri, file: RequestFile, request: SavedRequest, variables: OpenRequest['variables']): OpenRequest {
  return { file: uri, name: request.name, method: request.method, store: file.store?.name, request, variables };
}

/**
 * A saved request as a call. Variables of the file and of the store are filled in, and generated values as well. Results of other requests
 * and the environment, which may contain secrets, stay as written.
 * @returns the call, and the number of placeholders that were not filled in
 * @throws {ToolkitError} of kind `input` for a request without a method, or with arguments of an unknown form
 */
export async function requestCall(
  { request, variables }: OpenRequest,
  store: Store | undefined,
): Promise<{ readonly call: Call; readonly open: number }> {
  const { method, args, dialect, envelope } = request;
  const { inspectEnvelope, interpolate, NAMESPACE_PLACEHOLDER, readyCall, Resolver, SESSION_PLACEHOLDER } = await import('../../requests');
  const config = store?.config;
  const filler = new Filler(
    new Resolver({
      file: variables,
      trusted: false,
      ...(config === undefined
        ? {}
        : {
            store: {
              name: config.name,
              url: config.url,
              user: config.user,
              dialect: config.dialect ?? store?.connection?.dialect,
              environment: config.environment,
            },
          }),
    }),
  );
  if (envelope !== undefined) {
    // The namespace of a store that is not connected is unknown, so its placeholder stays.
    const namespace = store?.connection?.namespace;
    const fill = (source: string): string => {
      if (source === SESSION_PLACEHOLDER) return MASK;
      return source === NAMESPACE_PLACEHOLDER && namespace !== undefined ? escapeAttribute(namespace) : filler.text(source);
    };
    const text = maskXml(interpolate(envelope, ({ source }) => fill(source)));
    return { call: { method: 'envelope', envelope: text, dialect: dialect ?? inspectEnvelope(text).dialect }, open: filler.open };
  }
  if (method === undefined)
    throw new ToolkitError('input', {
      code: 'no-program',
      what: t('Request "{name}" has no method.', { name: request.name }),
      next: t('See the problems of the file.'),
    });
  const ready = readyCall(method, args === undefined ? undefined : filler.fill(args));
  return { call: { ...ready, dialect }, open: filler.open };
}

/** Fills in each text separately, so that a text that cannot be filled in does not affect the others. */
class Filler {
  open = 0;

  constructor(private readonly resolver: Resolver) {}

  /** The value of a placeholder as XML text. */
  text(source: string): string {
    const placeholder = `{{${source}}}`;
    const value = this.fill(placeholder);
    return value === placeholder ? placeholder : escapeText(typeof value === 'object' ? JSON.stringify(value) : String(value));
  }

  fill(value: SoapValue): SoapValue {
    if (isList(value)) return value.map((item) => this.fill(item));
    if (isRecord(value)) {
      const record: MutableRecord = {};
      for (const [key, item] of Object.entries(value)) setKey(record, key, this.fill(item));
      return record;
    }
    try {
      return this.resolver.resolve(value);
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      this.open += 1;
      return value;
    }
  }
}
