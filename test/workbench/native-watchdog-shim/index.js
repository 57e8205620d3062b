// Stands in for the native @vscode/native-watchdog: the extension host leaves when the server has gone.
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
