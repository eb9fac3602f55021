/* What the page does by itself: knobs that belong together, one question at a time, playing, saving. Maps and tables: drawn.js. */
window.dash_clientside = window.dash_clientside || {};
(function () {
  "use strict";
  const REACH = {
    "policy/japan": ["policy.japan."], "policy/china": ["policy.china."],
    "policy/united_states": ["policy.united_states."], scenario: ["scenario."],
    theory: ["theory", "rules."], world: ["world", "states"],
  };
  const PATIENCE = 15000; // ms after which an answer is given up
  const gate = {asked: null, fan: null, token: 0, busy: false, since: 0};
  let held = false;
  let side = "a"; // whose map was asked why

  /* While a slider is held nothing is asked; letting go asks once. */
  document.addEventListener("pointerdown", (event) => {
    held = event.target.type === "range" && event.target.id !== "year";
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    window.addEventListener(kind, () => {
      if (!held) return;
      held = false;
      again();
    });
  }

  /* A tile asks why; Enter on a chart opens its table. */
  document.addEventListener("click", (event) => {
    const tile = event.target.closest(".tile");
    if (!tile) return;
    side = tile.dataset.side;
    window.dash_clientside.set_props("place", {value: tile.dataset.state});
    again();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.classList.contains("chart")) return;
    event.preventDefault(); // else the summary, once it has the keyboard, would be opened and closed again
    const table = document.getElementById(event.target.id.replace("-chart", "-numbers"));
    table.open = true;
    table.querySelector("summary").focus();
  });

  function again() {
    setTimeout(() => window.dash_clientside.set_props("released", {data: performance.now()}), 0);
  }

  function reached(group, name) {
    return (REACH[group] || []).some((start) => name.startsWith(start));
  }

  function value(setup, table, id) {
    const side = setup[id.side];
    if (id.kind === "preset") return side.choices[id.name] ?? table.usual[id.name];
    if (id.name in side.changes) return side.changes[id.name];
    return standing(setup, table, id);
  }

  /* What a setting stands at by the named choices alone. */
  function standing(setup, table, id) {
    const chosen = {...setup.both.choices, ...setup[id.side].choices};
    for (const [group, choices] of Object.entries(table.presets)) {
      const set = choices[chosen[group] ?? table.usual[group]];
      if (set && id.name in set) return set[id.name];
    }
    return table.defaults[id.name];
  }

  function moved(setup, table, id, given) {
    const side = setup[id.side];
    if (id.kind === "preset") {
      if (given === null || given === value(setup, table, id)) return false;
      side.choices[id.name] = given;
      if (given === table.usual[id.name]) delete side.choices[id.name];
      for (const name of Object.keys(side.changes)) {
        if (reached(id.name, name)) delete side.changes[name];
      }
      return true;
    }
    const wanted = id.kind === "pick" ? given : given === null || given === "" ? NaN : Number(given);
    if (wanted === undefined || wanted === null || Number.isNaN(wanted)) return true; // shown again as it is
    if (wanted === value(setup, table, id)) return false;
    if (wanted === standing(setup, table, id)) delete side.changes[id.name];
    else side.changes[id.name] = wanted;
    return true;
  }

  window.dash_clientside.straits = {
    collect: function (presets, ranges, boxes, picks, resets, setup, table) {
      const ctx = window.dash_clientside.callback_context;
      const keep = window.dash_clientside.no_update;
      const next = JSON.parse(JSON.stringify(setup));
      let changed = false;
      for (const one of ctx.triggered) {
        const id = JSON.parse(one.prop_id.slice(0, one.prop_id.lastIndexOf(".")));
        if (id.kind === "reset") {
          if (one.value) { next[id.side] = {choices: {}, changes: {}}; changed = true; }
        } else if (moved(next, table, id, one.value)) changed = true;
      }
      if (!changed) return keep;
      /* Only knobs that show something else are set anew (all would cost a quarter of a second), and after
         this answer has been taken: setting one asks this function again, and the newer question would win. */
      const stale = [];
      for (const one of ctx.inputs_list.slice(0, 4).flat()) {
        const wanted = value(next, table, one.id);
        const same = typeof wanted === "number" ? Number(one.value) === wanted && one.value !== null : one.value === wanted;
        if (!same) stale.push([one.id, {value: wanted}]);
      }
      setTimeout(() => stale.forEach((one) => window.dash_clientside.set_props(...one)), 30);
      return next;
    },

    /* One question at a time, the newest next. The chart is drawn anew unless only the year is another. */
    gate: function (setup, released, year, place, measure, mode) {
      const keep = window.dash_clientside.no_update;
      const now = performance.now();
      if (held || (gate.busy && now - gate.since < PATIENCE)) return keep;
      const seen = {year, place, measure, mode, side};
      const wanted = JSON.stringify([setup, seen]);
      if (wanted === gate.asked) return keep;
      const fan = JSON.stringify([setup, place, measure, mode]);
      gate.token += 1;
      Object.assign(gate, {asked: wanted, busy: true, since: now});
      document.body.classList.add("asking");
      return {token: gate.token, setup, seen, fan, same: fan === gate.fan};
    },

    /* All of the page is drawn; perhaps there is more to ask. (Dash allows no circle, hence by the side door.) */
    settle: function (settled) {
      if (settled && settled.token === gate.token) {
        Object.assign(gate, {busy: false, fan: settled.fan});
        document.body.classList.remove("asking");
        again();
      }
      return window.dash_clientside.no_update;
    },

    /* On a narrow screen the charts come first and the settings wait, folded. */
    fold: function () {
      const open = window.innerWidth > 1000;
      return window.dash_clientside.callback_context.outputs_list.map(() => open);
    },

    address: function (query) {
      if (query) window.history.replaceState(null, "", "?" + query);
      return window.dash_clientside.no_update;
    },

    play: function (clicks, ticks, year, still, first, last) {
      const ctx = window.dash_clientside.callback_context;
      const keep = window.dash_clientside.no_update;
      const by = ctx.triggered.map((one) => one.prop_id);
      year = Number(year);
      if (by.includes("play.n_clicks") && clicks) {
        if (!still) return [true, "Play", keep, String(year)];
        const from = year >= last ? Number(first) : year;
        return [false, "Pause", from, String(from)];
      }
      if (by.includes("clock.n_intervals") && !still) {
        const next = Math.min(year + 1, Number(last));
        const over = next >= last;
        return [over, over ? "Play" : "Pause", next, String(next)];
      }
      return [keep, keep, keep, String(year)];
    },

    /* A chart is saved with its title and footer; the maps, which are buttons, as the chart that they stand for. */
    save: function (clicks, parts) {
      const by = window.dash_clientside.callback_context.triggered[0];
      if (by && by.value) {
        const id = JSON.parse(by.prop_id.slice(0, by.prop_id.lastIndexOf(".")));
        const map = id.chart.startsWith("tiles-") && parts.maps[id.chart.slice(-1)].figure;
        const chart = map || document.querySelector("#" + id.chart + " .js-plotly-plot");
        const layout = JSON.parse(JSON.stringify(chart.layout));
        const edge = {...layout.margin, t: (layout.margin.t || 0) + 64, b: (layout.margin.b || 0) + 44};
        delete layout.width;
        delete layout.height;
        layout.title = {text: layout.meta.title, x: 0.02, xanchor: "left", y: 0.97, font: {size: 17}};
        layout.margin = edge;
        layout.annotations = (layout.annotations || []).concat([{
          text: layout.meta.footer, showarrow: false, xref: "paper", yref: "paper", x: 0, xanchor: "left",
          y: 0, yanchor: "top", yshift: -(edge.b - 22), font: {size: 12, color: "#707070"},
        }]);
        window.Plotly.downloadImage({data: chart.data, layout: layout},
          {format: id.as, filename: "straits_" + id.chart, width: 1100, height: 680, scale: 2});
      }
      return window.dash_clientside.no_update;
    },
  };
})();
