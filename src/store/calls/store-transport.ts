import type { StoreConfig } from '../settings/config';
import { basic, type Transport } from '../wire/transport';
import { Wire } from '../wire/wire';
import { KEEP_BYTES, type ClientPorts } from './client-ports';
import { openTransport } from './open-transport';
import type { AnswerReader, ReaderOptions } from './protocol';

/** The connections to one store and the secrets that no exchange may show, shared by the clients of all protocols. */
export class StoreTransport {
  #opening: Promise<Transport> | undefined;
  #transport: Transport | undefined;
  #secrets: readonly string[] = [];

  constructor(
    readonly config: StoreConfig,
    readonly ports: ClientPorts,
  ) {}

  /** The secrets that are hidden in every exchange: the key, the web server's password. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** Hides a secret in every exchange from now on. */
  hide(secret: string): void {
    if (!this.#secrets.includes(secret)) this.#secrets = [...this.#secrets, secret];
  }

  /**
   * The wire, with the reader of a protocol. The transport is set up once: it needs the CA file and the web server's password.
   * @throws {ToolkitError} of kind `input` when the file with certificates cannot be used; also the error of asking for the password
   */
  async wire(protocol: { reader(options: ReaderOptions): AnswerReader }): Promise<Wire> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    const transport = await this.#opening;
    const { config, ports } = this;
    return new Wire(transport, {
      store: config.name,
      protocol,
      keepBytes: ports.keepBytes ?? KEEP_BYTES,
      onExchange: ports.onExchange,
      registry: ports.registry,
    });
  }

  /** Closes idle connections. */
  close(): void {
    this.#transport?.close();
  }

  async #open(): Promise<Transport> {
    const { config, ports } = this;
    const password = config.webUser === undefined ? undefined : await ports.webPassword?.();
    if (password !== undefined) {
      this.hide(password);
      // Debug pages list the headers that they received.
      this.hide(basic(config.webUser ?? '', password));
    }
    this.#transport = await openTransport(config, ports, password);
    return this.#transport;
  }
}
