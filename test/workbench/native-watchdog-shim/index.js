// Replaces the native @vscode/native-watchdog: the extension host exits when the server has ended.
'use strict';
exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};
