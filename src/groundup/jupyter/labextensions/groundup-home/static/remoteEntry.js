// Opens a notebook at the cell that its address names (#cell-id=…): Lab itself forgets it while it starts.
// Written by hand as the container that a build would make: `init` is handed Lab's own modules, `get` gives the plugin.
"use strict";
(() => {
  const wanted = /^#cell-id=(.+)$/.exec(location.hash)?.[1];
  const notebook = decodeURIComponent(location.pathname); // as it was asked for: Lab rewrites it while it starts
  let shared = {};

  /** Lab's own copy of one of its packages. */
  async function lab(name) {
    const versions = Object.values(shared[name] ?? {});
    return versions.length ? (await versions[0].get())() : undefined;
  }

  /** Go to the cell once the notebook that the address names stands there. */
  function go(tracker) {
    const panel = tracker.currentWidget;
    if (!panel || !notebook.endsWith(panel.context.path)) return false;
    panel.context.ready.then(() => panel.revealed).then(() => {
      const index = panel.content.widgets.findIndex((cell) => cell.model.id === decodeURIComponent(wanted));
      if (index < 0) return;
      panel.content.activeCellIndex = index;
      panel.content.setFragment(`#cell-id=${decodeURIComponent(wanted)}`);
    });
    return true;
  }

  async function extension() {
    const notebooks = await lab("@jupyterlab/notebook");
    const plugin = {
      id: "groundup-home:cell",
      autoStart: true,
      requires: notebooks ? [notebooks.INotebookTracker] : [],
      activate: (app, tracker) => {
        if (!wanted || !tracker || go(tracker)) return;
        const changed = () => {
          if (go(tracker)) tracker.currentChanged.disconnect(changed);
        };
        tracker.currentChanged.connect(changed);
      },
    };
    return () => ({ __esModule: true, default: [plugin] });
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["groundup-home"] = {
    init: (scope) => {
      shared = scope;
    },
    get: (module) => (module === "./extension" ? extension() : Promise.reject(new Error(`There is no ${module}.`))),
  };
})();
