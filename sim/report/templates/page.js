"use strict";
// Two points side by side, state by state. All numbers come from the store; nothing is estimated here.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const [first, second, outcome] = ["first", "second", "outcome"].map(at);
  const COLOURS = { first: "#0072b2", second: "#b85a00", gap: "#222222" };
  const ROW = 26, TOP = 34, FOOT = 30, LEFT = 104, RIGHT = 16;

  function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    return Float32Array.from({ length: bytes.length / 4 }, (_, n) => view.getFloat32(4 * n, true));
  }

  function unpacked(one) {  // packed numbers are opened when they are first asked for
    if (!one.halves) {
      one.halves = unpack(one.gapHalf);
      one.gaps = one.gap ? unpack(one.gap) : null;
    }
    return one;
  }

  function pair(one, other) {  // place of the pair among all, for one < other
    return one * data.points.length - (one * (one + 1)) / 2 + (other - one - 1);
  }

  const known = (value) => value !== null && Number.isFinite(value);
  const minus = (text) => text.replace("-", "−");

  function plain(value) {  // four digits, as in the tables
    if (!known(value)) return "";
    const short = Number(value.toPrecision(4));
    if (short === 0) return "0";
    return minus(Math.abs(short) < 1e-4 ? short.toFixed(10).replace(/\.?0+$/, "") : String(short));
  }

  function scale(halves) {  // so many decimals that a middling half interval has two digits
    const sorted = halves.filter((half) => known(half) && half > 0).sort((x, y) => x - y);
    if (!sorted.length) return plain;
    const decimals = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(sorted[Math.floor(sorted.length / 2)]))));
    return (value) => known(value) ? minus((Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value).toFixed(decimals)) : "";
  }

  function signed(value, write = plain) {
    const text = write(value);
    return value > 0 && Number(text) !== 0 ? "+" + text : text;
  }

  function rows(one, a, b) {
    const found = unpacked(one), width = one.places.length;
    const where = a === b ? -1 : pair(Math.min(a, b), Math.max(a, b)) * width;
    return one.places.map((place, n) => {
      const means = [one.mean[a][n], one.mean[b][n]], halves = [one.half[a][n], one.half[b][n]];
      let gap = known(means[0]) && known(means[1]) ? means[1] - means[0] : NaN;
      let half = a === b ? 0 : found.halves[where + n];
      if (found.gaps && a !== b) gap = (b > a ? 1 : -1) * found.gaps[where + n];
      const sure = known(half) && (gap - half > 0 || gap + half < 0);
      return { place, name: data.names[place], means, halves, gap, half, sure };
    }).filter((row) => known(row.means[0]) || known(row.means[1]));
  }

  function runsOf(a, b) {
    return a === b ? null : data.pairs[pair(Math.min(a, b), Math.max(a, b))];
  }

  function interval(mean, half, write) {
    return known(half) && known(mean) ? write(mean - half) + " to " + write(mean + half) : "";
  }

  function writers(found) {  // of means, and of differences: each table's own number of decimals
    const level = scale(found.flatMap((row) => row.halves)), gap = scale(found.map((row) => row.gap === 0 ? NaN : row.half));
    return { level, gap: (value) => signed(value, gap) };
  }

  function tell(one, found, a, b) {
    const unit = one.unit === "1" ? "" : " " + one.unit, title = one.title[0].toUpperCase() + one.title.slice(1);
    if (a === b) return title + ": the same point twice, so no difference.";
    const compared = found.filter((row) => known(row.gap)), local = compared.filter((row) => row.place !== "REGION");
    const asked = local.length ? local : compared, sure = asked.filter((row) => row.sure);
    if (!compared.length) return title + ": nothing to compare between these points.";
    const most = asked.reduce((x, y) => (Math.abs(y.gap) > Math.abs(x.gap) ? y : x));
    const runs = runsOf(a, b), write = writers(found).gap;
    const range = known(most.half) ? " (" + interval(most.gap, most.half, write) + ")" : "";
    const where = local.length ? sure.length + " of " + local.length + " states" : sure.length ? "the region" : "nothing";
    return title + ": over " + runs + (runs === 1 ? " pair" : " pairs") + " of runs, second minus first leaves zero out of its 95 % "
      + "interval in " + where + ". Largest: " + most.name + ", " + write(most.gap) + unit + range + ".";
  }

  function node(name, attributes, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function ticks(low, high) {
    const raw = (high - low) / 6, power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw);
    const found = [];
    for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9 * step; n += 1) found.push(Number((n * step).toPrecision(6)));
    return found;
  }

  function chart(svg, found, marks, zero, heading) {
    const width = Math.max(280, Math.min(560, svg.parentNode.clientWidth || 480));
    const height = TOP + ROW * found.length + FOOT;
    const values = marks.flatMap((mark) => found.flatMap((row) => {
      const [mean, half] = mark.of(row);
      return known(mean) ? [mean - (known(half) ? half : 0), mean + (known(half) ? half : 0)] : [];
    }));
    let low = Math.min(...values, ...(zero ? [0] : [])), high = Math.max(...values, ...(zero ? [0] : []));
    if (!(high > low)) { low -= zero ? 1 : Math.abs(low) * 0.05 || 1; high += zero ? 1 : Math.abs(high) * 0.05 || 1; }
    const room = 0.05 * (high - low), span = high - low + 2 * room;
    const x = (value) => LEFT + ((value - low + room) / span) * (width - LEFT - RIGHT);
    svg.replaceChildren();
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    svg.setAttribute("width", width);
    svg.append(heading);
    for (const tick of ticks(low - room, high + room)) {
      svg.append(node("line", { x1: x(tick), x2: x(tick), y1: TOP - 6, y2: height - FOOT, stroke: "#e4e4e4" }));
      svg.append(node("text", { x: x(tick), y: height - FOOT + 16, "text-anchor": "middle", class: "quiet" }, plain(tick)));
    }
    if (zero) svg.append(node("line", { x1: x(0), x2: x(0), y1: TOP - 6, y2: height - FOOT, stroke: "#222", "stroke-dasharray": "4 3" }));
    found.forEach((row, n) => {
      const y = TOP + ROW * n + ROW / 2;
      svg.append(node("text", { x: 0, y: y + 4, class: row.place === "REGION" ? "strong" : "" }, row.name));
      marks.forEach((mark, m) => draw(svg, mark, mark.of(row), x, y + (m - (marks.length - 1) / 2) * 8, row));
    });
  }

  function title(...parts) {
    const made = node("text", { x: 0, y: 16, class: "strong" });
    for (const [text, colour] of parts) made.append(node("tspan", colour ? { style: "fill: " + colour } : {}, text));
    return made;
  }

  function draw(svg, mark, [mean, half], x, y, row) {
    if (!known(mean)) return;
    if (known(half)) svg.append(node("line", { x1: x(mean - half), x2: x(mean + half), y1: y, y2: y, stroke: mark.colour, "stroke-width": 2 }));
    const fill = mark.hollow(row) ? "#ffffff" : mark.colour, look = { fill, stroke: mark.colour, "stroke-width": 1.5 };
    svg.append(mark.square
      ? node("rect", { x: x(mean) - 3.5, y: y - 3.5, width: 7, height: 7, ...look })
      : node("circle", { cx: x(mean), cy: y, r: 4, ...look }));
  }

  function cell(row, text, head, sure) {
    const made = document.createElement(head ? "th" : "td");
    made.textContent = text;
    if (head) made.scope = "row"; else made.className = sure ? "number sure" : "number";
    row.append(made);
  }

  function tabulate(one, found) {
    const table = at("compared"), [head, body] = [table.tHead.rows[0], table.tBodies[0]];
    table.caption.textContent = one.title + (one.unit === "1" ? "" : " (" + one.unit + ")") + ": mean and 95 % interval of each, and the "
      + "difference, second minus first. Bold: the interval leaves zero out.";
    head.replaceChildren(...["where", "first", "95 % interval", "second", "95 % interval", "difference", "95 % interval"].map((text) => {
      const made = document.createElement("th");
      made.scope = "col";
      made.textContent = text;
      return made;
    }));
    const write = writers(found);
    body.replaceChildren(...found.map((row) => {
      const made = document.createElement("tr");
      made.dataset.place = row.place;
      cell(made, row.name, true);
      row.means.forEach((mean, n) => { cell(made, write.level(mean)); cell(made, interval(mean, row.halves[n], write.level)); });
      cell(made, write.gap(row.gap), false, row.sure);
      cell(made, interval(row.gap, row.half, write.gap));
      return made;
    }));
  }

  function show() {
    const a = first.selectedIndex, b = second.selectedIndex, one = data.outcomes[outcome.selectedIndex];
    const found = rows(one, a, b), unit = one.unit === "1" ? "" : " (" + one.unit + ")";
    at("message").textContent = tell(one, found, a, b);
    const full = () => false, side = (n, colour, square) => ({ of: (row) => [row.means[n], row.halves[n]], colour, square, hollow: full });
    chart(at("levels"), found, [side(0, COLOURS.first, false), side(1, COLOURS.second, true)], false, title(["● first  ", COLOURS.first], ["■ second", COLOURS.second], [unit, ""]));
    chart(at("gaps"), found, [{ of: (row) => [row.gap, row.half], colour: COLOURS.gap, square: false, hollow: (row) => !row.sure }], true,
      title(["Second minus first" + unit + "; hollow: zero inside", ""]));
    tabulate(one, found);
  }

  function fill(select, texts, chosen) {
    select.replaceChildren(...texts.map((text, n) => new Option(text, String(n), n === chosen, n === chosen)));
    select.addEventListener("change", show);
  }

  fill(first, data.points, 0);
  fill(second, data.points, data.points.length - 1);
  fill(outcome, data.outcomes.map((one) => one.title), 0);
  at("choose").addEventListener("submit", (event) => event.preventDefault());
  at("swap").addEventListener("click", () => {
    [first.selectedIndex, second.selectedIndex] = [second.selectedIndex, first.selectedIndex];
    show();
  });
  window.addEventListener("resize", show);
  show();
})();
