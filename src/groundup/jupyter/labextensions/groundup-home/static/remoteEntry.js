// Opens a notebook at the cell that its address names (#cell-id=…), which Lab itself forgets while it starts; and puts
// a link to home into Lab's top line.
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

  /** A link to the learner's home, in the tab where home is open already if there is one. */
  function link(Widget) {
    const base = JSON.parse(document.getElementById("jupyter-config-data").textContent).baseUrl;
    const node = document.createElement("a");
    Object.assign(node, { href: `${base}groundup`, target: "groundup-home", textContent: "Ground Up: home" });
    node.style.cssText = "padding:0 12px;line-height:28px;color:var(--jp-ui-font-color1);white-space:nowrap;";
    const widget = new Widget({ node });
    widget.id = "groundup-home-link";
    return widget;
  }

  async function extension() {
    const [notebooks, lumino] = [await lab("@jupyterlab/notebook"), await lab("@lumino/widgets")];
    const plugin = {
      id: "groundup-home:cell",
      autoStart: true,
      requires: notebooks ? [notebooks.INotebookTracker] : [],
      activate: (app, tracker) => {
        if (lumino) app.shell.add(link(lumino.Widget), "top", { rank: 990 });
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
