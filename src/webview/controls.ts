/** Registers the toolkit's controls in the browser. This is a chunk of its own that the pages share; see `ui.ts`. */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDivider } from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDivider());

// The toolkit reads the theme's colours on the window's `load` event, and uses those of a dark theme before. This module is loaded after
// the first paint, so that event is over and is dispatched again.
if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
