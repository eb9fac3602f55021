/* Maps, tables and help, drawn by the page itself: hundreds of cells as components of Dash would slow every move. */
window.dash_clientside = window.dash_clientside || {};
(function () {
  "use strict";
  const keep = () => window.dash_clientside.no_update;

  function made(name, inside, attributes) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    element.append(...[].concat(inside));
    return element;
  }

  function explain(asks) {
    const open = asks.getAttribute("aria-expanded") === "true";
    asks.setAttribute("aria-expanded", String(!open));
    if (open) asks.nextElementSibling.remove();
    else asks.after(made("p", asks.dataset.help, {class: "help"}));
  }

  /* A cell is text, or a bar with its text. */
  function cell(told) {
    if (!Array.isArray(told)) return made("td", told);
    const [size, words] = told;
    const style = `--size:${Math.abs(size)};--from:${0.5 + Math.min(size, 0) / 2}`;
    return made("td", [made("span", "", {class: "bar", style}), made("span", words)]);
  }

  function table(told) {
    const head = made("tr", told.head.map((words) => made("th", words, {scope: "col"})));
    const rows = told.rows.map(([first, ...rest]) =>
      made("tr", [made("th", first, {scope: "row"}), ...rest.map(cell)]));
    return made("table", [made("caption", told.caption), made("thead", head), made("tbody", rows)]);
  }

  /* Once the place for it is there. */
  function fill(place, told, patience = 60) {
    const room = document.getElementById(place);
    if (room) room.replaceChildren(...(told ? [table(told)] : []));
    else if (patience) requestAnimationFrame(() => fill(place, told, patience - 1));
  }

  /* Tiles that are there are changed, not replaced, so that they keep the keyboard. */
  function tiles(side, map) {
    document.getElementById(`tiles-${side}-title`).textContent = map.title;
    const room = document.getElementById(`tiles-${side}`);
    const there = [...room.children].map((tile) => tile.dataset.state).join();
    if (there !== map.tiles.map((one) => one.state).join()) {
      room.replaceChildren(...map.tiles.map((one) => made("button", [made("b", one.state), made("span", "")],
        {class: "tile", type: "button", "data-side": side, "data-state": one.state})));
    }
    map.tiles.forEach((one, at) => {
      const tile = room.children[at];
      tile.lastChild.textContent = one.number;
      tile.title = one.called;
      tile.setAttribute("aria-label", one.called);
      tile.setAttribute("aria-pressed", String(one.chosen));
      Object.assign(tile.style, {gridColumn: one.cell[0], gridRow: one.cell[1], background: one.face, color: one.ink});
    });
  }

  /* A question mark tells what a setting is, and takes it back. */
  document.addEventListener("click", (event) => {
    const asks = event.target.closest(".asks");
    if (asks) explain(asks);
  });

  window.dash_clientside.drawn = {
    /* Both maps and every table. */
    parts: function (parts) {
      if (parts) {
        for (const [side, map] of Object.entries(parts.maps)) tiles(side, map);
        for (const [place, told] of Object.entries(parts.tables)) fill(place, told);
      }
      return keep();
    },

    reasons: function (told) {
      if (told) fill("why-table", told);
      return keep();
    },
  };
})();
