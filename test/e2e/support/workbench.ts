import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { packageExtension } from '../../../scripts/lib/package';
import { out } from '../../../scripts/lib/project';
import { launchBrowser } from '../../workbench/browser';
import { removeFolder } from '../../workbench/host-suite';
import { copyExtensions, installVsix, startServer, type WorkbenchServer } from '../../workbench/server';
import { CspViolations } from './csp';
import { Editors } from './editors';
import { Notifications } from './notifications';
import { QuickInput } from './quick-input';
import { Sidebar } from './sidebar';
import { useTheme } from './themes';

export interface WorkbenchOptions {
  /** Files of the workspace: path to text, or to a value written as JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** Settings of the workspace, written to its `.vscode/settings.json`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the user. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Language of the extensions, such as `de`. VS Code's own texts stay English, because no language pack is installed. */
  readonly language?: string;
  /** Whether to ask if the workspace is trusted. Without it, the workspace is trusted. */
  readonly askTrust?: boolean;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

const SIZE = { width: 1280, height: 800 };
/** Size of a narrow window: beside the side bar, an editor is about 420 px wide. */
const NARROW = { width: 768, height: 800 };
/** Wait before a screenshot until everything is drawn in the new size, in ms. */
const SETTLE_MS = 400;

/** Default time limit of waits, in ms. It is much longer than necessary, because tests must also pass on a busy machine. */
const DEFAULT_LIMIT_MS = 120_000;

/** Whether screenshots of all tests are wanted, and not only those of failures. */
export const screenshotsWanted = process.env.MAHO_SOAP_SCREENSHOTS !== undefined;

/** A workbench with the packaged extension, opened in a browser with its own workspace. */
export class Workbench {
  readonly sidebar: Sidebar;
  readonly quickInput: QuickInput;
  readonly editors: Editors;
  readonly notifications: Notifications;
  readonly csp: CspViolations;

  private constructor(
    readonly page: Page,
    /** Absolute path of the workspace. */
    readonly folder: string,
    private readonly browser: Browser,
    private readonly server: WorkbenchServer,
    private readonly home: string,
  ) {
    this.sidebar = new Sidebar(page, 'Maho SOAP');
    this.quickInput = new QuickInput(page);
    this.editors = new Editors(page);
    this.notifications = new Notifications(page);
    this.csp = new CspViolations(page);
  }

  /** Starts everything, opens the workspace and waits until VS Code is there. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const home = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-e2e-'));
    const folder = path.join(home, 'workspace');
    const dataFolder = path.join(home, 'data');
    await writeFiles(folder, { ...options.files, ...(options.settings && { '.vscode/settings.json': options.settings }) });
    await installExtension(dataFolder);
    const server = await startServer({
      dataFolder,
      settings: options.userSettings ?? {},
      env: options.env ?? {},
      askTrust: options.askTrust ?? false,
      lean: true,
    });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: SIZE, permissions: ['clipboard-read', 'clipboard-write'] });
    page.setDefaultTimeout(DEFAULT_LIMIT_MS);
    await page.addInitScript(keepStill);
    if (options.language !== undefined) await page.addInitScript(speakIn, options.language);
    const workbench = new Workbench(page, folder, browser, server, home);
    try {
      await page.goto(server.url(folder), { timeout: DEFAULT_LIMIT_MS });
      await workbench.ready();
    } catch (error) {
      await workbench.close();
      throw error;
    }
    return workbench;
  }

  /** Reloads the window, as a user does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /**
   * Saves screenshots if they are wanted (`npm test -- --screenshots`), because drawing them takes time: one in each kind of theme
   * (`out/screens/NAME, THEME.png`), and one of a narrow window (`NAME, narrow.png`). `NAME.aria.yml` is the accessibility tree of the
   * webviews.
   */
  readonly screenshot = async (name: string): Promise<void> => {
    if (!screenshotsWanted) return;
    // Dark comes last, because it is the theme in which tests begin.
    for (const theme of ['light', 'high contrast light', 'high contrast', 'dark'] as const) {
      await useTheme(this, theme);
      await this.screenshotOfFailure(`${name}, ${theme}`);
    }
    await this.#saveAria(name);
    // A menu closes when the window is resized, and the test still needs it.
    if (await this.page.locator('.action-widget, .monaco-menu').first().isVisible()) return;
    await this.page.setViewportSize(NARROW);
    // Webviews are drawn a moment after the window is resized.
    await this.page.waitForTimeout(SETTLE_MS);
    await this.screenshotOfFailure(`${name}, narrow`);
    await this.page.setViewportSize(SIZE);
    await this.page.waitForTimeout(SETTLE_MS);
  };

  /** Saves the accessibility trees of the visible webviews. */
  async #saveAria(name: string): Promise<void> {
    const pages = await this.page.locator('iframe.webview.ready').filter({ visible: true }).all();
    const told = await Promise.all(
      pages.map((page) => page.contentFrame().locator('iframe#active-frame').contentFrame().locator('body').ariaSnapshot()),
    );
    if (told.length > 0) await writeFile(path.join(out, 'screens', `${name}.aria.yml`), told.join('\n---\n'));
  }

  /** Saves one screenshot in the current theme, if screenshots are wanted. */
  readonly screenshotAsIs = async (name: string): Promise<void> => {
    if (screenshotsWanted) await this.screenshotOfFailure(name);
  };

  /** Saves a screenshot in any case. */
  async screenshotOfFailure(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(out, 'screens', `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await removeFolder(this.home);
  }

  /** When our container is in the activity bar, VS Code is drawn and knows the extension's contributions. */
  private async ready(): Promise<void> {
    await this.sidebar.icon.waitFor({ timeout: DEFAULT_LIMIT_MS });
  }
}

/** Runs in the page: sets VS Code's language, as a language pack does. */
function speakIn(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}

/** Runs in the page: turns off animations in the window of VS Code, which would be drawn sixty times per second. */
function keepStill(): void {
  if (window !== window.top) return;
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { animation: none !important; }');
  document.adoptedStyleSheets.push(still);
}

/**
 * Installs the extension as it is shipped. `npm test` has packaged and installed it once for all files. A test file that runs alone does it
 * now.
 */
async function installExtension(dataFolder: string): Promise<void> {
  const installed = process.env.MAHO_SOAP_INSTALLED;
  await (installed === undefined ? installVsix(dataFolder, await packageExtension()) : copyExtensions(installed, dataFolder));
}

async function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
}
